package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.tasks.classification.ImageClassification;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class Dl4jReplicaTest {
  private static final Optimiser PLAIN = SmallNetwork.optimiser(SmallNetwork.NESTEROV, 0.1, 0);
  private static final Optimiser ADAM = SmallNetwork.optimiser(SmallNetwork.ADAM, 0.01, 0);
  private static final Optimiser DECAYING =
      SmallNetwork.optimiser(SmallNetwork.NESTEROV, 0.1, 0.01);
  private static final WorkerBatches BATCHES = step -> SmallNetwork.examples(step * 16, 16);

  @Test
  void theForwardPassIsThatOfTrulyZeroedWeights() {
    ComputationGraph zeroed = SmallNetwork.graph(PLAIN);
    SparseTensors tensors = SmallNetwork.tensors(PLAIN);
    MaskSet masks = everyThirdKept(tensors);
    INDArray parameters = zeroed.params().dup();
    for (SparseTensor tensor : tensors) {
      for (int i = 0; i < tensor.length(); i++) {
        if (!masks.mask(tensor.name()).isKept(i)) {
          parameters.putScalar(tensor.offset() + i, 0);
        }
      }
    }
    zeroed.setParams(parameters);
    ComputationGraph masked = SmallNetwork.graph(PLAIN);
    Dl4jReplica replica = Dl4jReplica.of(masked, tensors, MaskedGradient.NONE);
    replica.hold(masks);
    INDArray images = SmallNetwork.examples(0, 20).getFeatures(0);
    assertThat(masked.outputSingle(images)).isEqualTo(zeroed.outputSingle(images));
  }

  @Test
  void withoutGradientAndDecayMaskedWeightsStandStillAndKeptOnesMove() {
    Figures after = train(PLAIN, MaskedGradient.NONE);
    assertThat(after.maskedThatMoved()).isZero();
    assertThat(after.keptThatMoved()).isPositive();
  }

  @Test
  void weightDecayStillMovesMaskedWeights() {
    Figures after = train(DECAYING, MaskedGradient.NONE);
    assertThat(after.maskedThatMoved()).isGreaterThan(after.masked() * 9 / 10);
  }

  @Test
  void theDenseGradientMovesMaskedWeights() {
    assertThat(train(PLAIN, MaskedGradient.DENSE).maskedThatMoved()).isPositive();
  }

  @Test
  void aUsedReplicaContinuesWithTheSameBitsAsAFreshOne() {
    Optimiser adam = SmallNetwork.optimiser(SmallNetwork.ADAM, 0.001, 0);
    SparseTensors tensors = SmallNetwork.tensors(adam);
    try (Replica used = SmallNetwork.recipe(adam, MaskedGradient.NONE).build();
        Replica fresh = SmallNetwork.recipe(adam, MaskedGradient.NONE).build()) {
      FlatVector start = used.vector();
      used.hold(MaskSet.dense(tensors));
      used.run(BATCHES, 0, 5);
      for (Replica replica : new Replica[] {used, fresh}) {
        replica.load(start.values(), 3);
        replica.hold(everyThirdKept(tensors));
        replica.run(BATCHES, 3, 4);
      }
      assertThat(sha(used)).isEqualTo(sha(fresh));
    }
  }

  @Test
  void theStepDecidesHowAdamCorrectsItsBias() {
    Optimiser adam = SmallNetwork.optimiser(SmallNetwork.ADAM, 0.001, 0);
    try (Replica first = SmallNetwork.recipe(adam, MaskedGradient.NONE).build();
        Replica later = SmallNetwork.recipe(adam, MaskedGradient.NONE).build()) {
      FlatVector start = first.vector();
      first.load(start.values(), 0);
      first.run(step -> SmallNetwork.examples(0, 16), 0, 1);
      later.load(start.values(), 100);
      later.run(step -> SmallNetwork.examples(0, 16), 100, 1);
      assertThat(sha(first)).isNotEqualTo(sha(later));
    }
  }

  @Test
  void readingInPartsGivesTheWholeVector() {
    Optimiser adam = SmallNetwork.optimiser(SmallNetwork.ADAM, 0.001, 0);
    try (Replica replica = SmallNetwork.recipe(adam, MaskedGradient.NONE).build()) {
      replica.run(BATCHES, 0, 2);
      float[] whole = replica.vector().head(replica.length());
      int from = replica.parameters() - 10;
      java.nio.FloatBuffer across = java.nio.FloatBuffer.allocate(30);
      replica.read(from, across);
      assertThat(across.array()).isEqualTo(java.util.Arrays.copyOfRange(whole, from, from + 30));
    }
  }

  @Test
  void aClosedReplicaComputesNothingAndSaysSo() {
    Replica replica = SmallNetwork.recipe(PLAIN, MaskedGradient.NONE).build();
    replica.run(BATCHES, 0, 1);
    replica.close();
    Judge judge = new ImageClassification().judge();
    assertThatThrownBy(() -> replica.run(BATCHES, 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> replica.evaluate(SmallNetwork.examples(0, 4), judge))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aReplicaThatOnlyComputesGradientsHasThemWithoutOptimiserState() {
    Dl4jRecipe recipe = SmallNetwork.recipe(ADAM, MaskedGradient.NONE);
    UpdatePlan plan = UpdatePlan.elsewhere(SmallNetwork.graph(ADAM));
    try (Replica whole = recipe.build();
        Replica gradients = recipe.ofGradients(plan).build()) {
      assertThat(whole.length()).isEqualTo(3 * whole.parameters());
      assertThat(gradients.length()).isEqualTo(whole.parameters());
      gradients.hold(everyThirdKept(SmallNetwork.tensors(ADAM)));
      whole.hold(everyThirdKept(SmallNetwork.tensors(ADAM)));
      assertThat(gradient(gradients)).isEqualTo(gradient(whole)).isNotEqualTo(new float[0]);
      assertThat(gradients.maskHash()).isEqualTo(whole.maskHash());
      assertThatThrownBy(() -> gradients.run(BATCHES, 0, 1))
          .hasMessageStartingWith("Cannot take steps: this replica computes gradients");
    }
  }

  private static float[] gradient(Replica replica) {
    replica.differentiate(BATCHES, 0, Replica.Differentiated.ALL);
    float[] gradient = new float[replica.parameters()];
    replica.readGradient(0, gradient, gradient.length);
    return gradient;
  }

  @Test
  void aVectorOfAnotherNetworkIsRefused() {
    try (Replica replica = SmallNetwork.recipe(PLAIN, MaskedGradient.NONE).build()) {
      assertThatThrownBy(() -> replica.load(FlatVector.of(1, 2, 3).values(), 0))
          .hasMessageStartingWith("Cannot load a vector of 3 values into a replica of ")
          .hasMessageEndingWith(": it belongs to another network");
    }
  }

  @Test
  void masksOfOtherTensorsAreRefused() {
    try (Replica replica = SmallNetwork.recipe(PLAIN, MaskedGradient.NONE).build()) {
      assertThatThrownBy(() -> replica.hold(MaskSet.of(Map.of("conv1/W", Mask.all(10)))))
          .hasMessage(
              "Cannot hold masks of [conv1/W]: this replica was built to mask [fc1/W, fc2/W, fc3/W]");
    }
  }

  private record Figures(int masked, int maskedThatMoved, int keptThatMoved) {}

  private static Figures train(Optimiser optimiser, MaskedGradient maskedGradient) {
    SparseTensors tensors = SmallNetwork.tensors(optimiser);
    MaskSet masks = everyThirdKept(tensors);
    try (Replica replica = SmallNetwork.recipe(optimiser, maskedGradient).build()) {
      float[] before = replica.vector().head(replica.parameters());
      replica.hold(masks);
      replica.run(BATCHES, 0, 3);
      float[] after = replica.vector().head(replica.parameters());
      int masked = 0;
      int maskedThatMoved = 0;
      int keptThatMoved = 0;
      for (SparseTensor tensor : tensors) {
        for (int i = 0; i < tensor.length(); i++) {
          boolean kept = masks.mask(tensor.name()).isKept(i);
          boolean moved = before[tensor.offset() + i] != after[tensor.offset() + i];
          masked += kept ? 0 : 1;
          maskedThatMoved += !kept && moved ? 1 : 0;
          keptThatMoved += kept && moved ? 1 : 0;
        }
      }
      return new Figures(masked, maskedThatMoved, keptThatMoved);
    }
  }

  private static MaskSet everyThirdKept(SparseTensors tensors) {
    Map<String, Mask> masks = new TreeMap<>();
    for (SparseTensor tensor : tensors) {
      masks.put(tensor.name(), Mask.where(tensor.length(), i -> i % 3 == 0));
    }
    return MaskSet.of(masks);
  }

  private static String sha(Replica replica) {
    return replica.vector().headSha256(replica.length());
  }
}
