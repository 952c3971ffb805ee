package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.optimiser.FusedUpdater;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Replicas that leave masked weights out of products and steps, and those that do not. */
class LeftOutProductsTest {
  private static final int BATCH = 20;
  private static final int STEPS = 30;

  @ParameterizedTest
  @CsvSource({"sgd, 0", "sgd, 0.01", "nesterov, 0", "nesterov, 0.01", "adam, 0", "adam, 0.01"})
  void lossesAreThoseOfAllProducts(String rule, double decay) {
    Optimiser optimiser = optimiser(rule, decay);
    try (Replica whole = replica(optimiser, MaskedProducts.DENSE);
        Replica left = replica(optimiser, MaskedProducts.SPARSE)) {
      whole.hold(masks(optimiser, 0.9, 1));
      left.hold(masks(optimiser, 0.9, 1));
      for (int step = 0; step < STEPS; step += 10) {
        double expected = whole.run(LeftOutProductsTest::batch, step, 10).lossSum();
        double loss = left.run(LeftOutProductsTest::batch, step, 10).lossSum();
        assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"sgd, 0", "sgd, 0.01", "nesterov, 0", "nesterov, 0.01", "adam, 0", "adam, 0.01"})
  void aRoundOfManyStepsHasTheBitsOfManyRounds(String rule, double decay) {
    Optimiser optimiser = optimiser(rule, decay);
    try (Replica once = replica(optimiser, MaskedProducts.SPARSE);
        Replica often = replica(optimiser, MaskedProducts.SPARSE)) {
      for (int round = 0; round < 3; round++) {
        MaskSet masks = masks(optimiser, 0.5 + 0.2 * round, round);
        once.hold(masks);
        often.hold(masks);
        int first = round * STEPS;
        once.run(LeftOutProductsTest::batch, first, STEPS);
        for (int step = first; step < first + STEPS; step++) {
          often.run(LeftOutProductsTest::batch, step, 1);
        }
        assertThat(sha(once)).isEqualTo(sha(often));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"sgd, 0.01", "nesterov, 0.01", "adam, 0"})
  void stepsInPlaceHaveTheBitsOfDl4jsSubtraction(String rule, double decay) {
    Optimiser optimiser = optimiser(rule, decay);
    ComputationGraph graph = SmallNetwork.graph(optimiser);
    FusedUpdater.install(graph);
    try (Replica replica = replica(optimiser, MaskedProducts.AUTO)) {
      replica.run(LeftOutProductsTest::batch, 0, 5);
      for (int step = 0; step < 5; step++) {
        graph.fit(batch(step));
      }
      float[] expected = graph.params().toFloatVector();
      assertThat(replica.vector().head(replica.parameters())).isEqualTo(expected);
    }
    graph.close();
  }

  @Test
  void aLoadedReplicaGoesOnWithTheBitsOfTheOneThatTrained() {
    Optimiser optimiser = optimiser("nesterov", 0.01);
    MaskSet masks = masks(optimiser, 0.95, 5);
    try (Replica first = replica(optimiser, MaskedProducts.SPARSE);
        Replica second = replica(optimiser, MaskedProducts.SPARSE)) {
      first.hold(masks);
      second.hold(masks);
      first.run(LeftOutProductsTest::batch, 0, STEPS);
      second.load(first.vector().values(), STEPS);
      first.run(LeftOutProductsTest::batch, STEPS, 7);
      second.run(LeftOutProductsTest::batch, STEPS, 7);
      assertThat(sha(second)).isEqualTo(sha(first));
    }
  }

  @Test
  void tensorsWithoutAWeightLeftTrainTheirBiases() {
    Optimiser optimiser = optimiser("nesterov", 0.01);
    try (Replica whole = replica(optimiser, MaskedProducts.DENSE);
        Replica left = replica(optimiser, MaskedProducts.SPARSE)) {
      MaskSet nothing = masks(optimiser, 1, 0);
      whole.hold(nothing);
      left.hold(nothing);
      String before = sha(left);
      double expected = whole.run(LeftOutProductsTest::batch, 0, STEPS).lossSum();
      double loss = left.run(LeftOutProductsTest::batch, 0, STEPS).lossSum();
      assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
      assertThat(sha(left)).isNotEqualTo(before);
    }
  }

  private static Optimiser optimiser(String rule, double decay) {
    UpdateRule chosen =
        switch (rule) {
          case "sgd" -> SmallNetwork.SGD;
          case "nesterov" -> SmallNetwork.NESTEROV;
          default -> SmallNetwork.ADAM;
        };
    return SmallNetwork.optimiser(chosen, rule.equals("adam") ? 1e-3 : 0.02, decay);
  }

  private static Replica replica(Optimiser optimiser, MaskedProducts products) {
    String json = SmallNetwork.graph(optimiser).getConfiguration().toJson();
    Replica replica =
        new Dl4jRecipe(
                json,
                SmallNetwork.tensors(optimiser),
                MaskedGradient.NONE,
                Slices.DEFAULT,
                products)
            .build();
    replica.drawAs(1, 0);
    return replica;
  }

  private static MaskSet masks(Optimiser optimiser, double sparsity, int seed) {
    Map<String, Mask> masks = new HashMap<>();
    for (SparseTensor tensor : SmallNetwork.tensors(optimiser)) {
      long key = Mix64.key(seed, Mix64.of(tensor.name()), 0);
      masks.put(tensor.name(), Mask.where(tensor.length(), i -> Mix64.unit(key, i) >= sparsity));
    }
    return MaskSet.of(masks);
  }

  private static MultiDataSet batch(long step) {
    return SmallNetwork.examples(step * BATCH, BATCH);
  }

  private static String sha(Replica replica) {
    return replica.vector().headSha256(replica.length());
  }
}
