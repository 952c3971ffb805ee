package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.arithmetic.NativeArrays;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The native arrays of a replica: two values per parameter, and the state where it needs one. */
class ReplicaMemoryTest {
  private static final int HIDDEN = 60_000;
  private static final long PARAMETERS = (16 + 1 + 3) * HIDDEN + 3;
  private static final long WEIGHTS = (16 + 3) * HIDDEN;
  private static final Percentage CLOSE = Percentage.withPercentage(2);

  @Test
  void stateIsHeldByWhoTakesSteps() {
    assertThat(bytesOf(recipe())).isCloseTo(4 * PARAMETERS * Float.BYTES, CLOSE);
  }

  @Test
  void aReplicaThatOnlyComputesGradientsHoldsNone() {
    ReplicaRecipe gradients = recipe().ofGradients(UpdatePlan.elsewhere(graph()));
    assertThat(bytesOf(gradients)).isCloseTo(2 * PARAMETERS * Float.BYTES, CLOSE);
  }

  @Test
  void maskedWeightsTakeMemoryOnceThereAreSome() {
    try (Replica replica = recipe().build()) {
      long built = settled();
      replica.run(step -> SmallNetwork.examples(0, 2), 0, 1);
      assertThat(settled() - built).isLessThan(WEIGHTS);
      replica.hold(MaskSet.of(masks()));
      replica.run(step -> SmallNetwork.examples(0, 2), 1, 1);
      assertThat(settled() - built).isBetween(WEIGHTS * Float.BYTES, WEIGHTS * 5);
    }
  }

  /** A result and its normalised form are kept, and of drawn sums their deviations. */
  @Test
  void drawnConvolutionsTakeTurnsWithTheSquaresOfTheirInputs() {
    WeightForm drawn = new WeightForm.Variational(-10, 3, PenaltySchedule.NONE);
    assertThat((double) bytesOfMaps(drawn) / bytesOfMaps(WeightForm.PLAIN)).isBetween(1.2, 1.9);
  }

  private static long bytesOfMaps(WeightForm form) {
    long before = settledWithBuffers();
    try (Replica replica = residual(form)) {
      replica.differentiate(step -> images(16), 0, Replica.Differentiated.ALL);
      return settledWithBuffers() - before;
    }
  }

  private static Replica residual(WeightForm form) {
    NetworkModel model = NetworkModels.named("resnet-20");
    Optimiser optimiser = SmallNetwork.optimiser(SmallNetwork.SGD, 0.01, 0);
    ComputationGraphConfiguration network =
        model.graph(model.publishedRows().orElseThrow(), optimiser, form, 1);
    ComputationGraph graph = new ComputationGraph(network);
    graph.init();
    SparseTensors tensors = NetworkTensors.of(graph).sparsifiable();
    graph.close();
    return new Dl4jRecipe(network.toJson(), tensors, MaskedGradient.NONE).build();
  }

  private static MultiDataSet images(int count) {
    INDArray images = Nd4j.zeros(DataType.FLOAT, count, 3 * 32 * 32);
    return new org.nd4j.linalg.dataset.MultiDataSet(images, Nd4j.zeros(DataType.FLOAT, count));
  }

  private static long settledWithBuffers() {
    long arrays = settled();
    return arrays
        + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
  }

  private static Map<String, Mask> masks() {
    Map<String, Mask> masks = new TreeMap<>();
    tensors().forEach(t -> masks.put(t.name(), Mask.where(t.length(), i -> i % 3 == 0)));
    return masks;
  }

  private static long bytesOf(ReplicaRecipe recipe) {
    long before = settled();
    try (Replica replica = recipe.build()) {
      replica.differentiate(step -> SmallNetwork.examples(0, 2), 0, Replica.Differentiated.ALL);
      return settled() - before;
    }
  }

  /** What is left when arrays that earlier tests dropped are collected. */
  private static long settled() {
    long before;
    long now = NativeArrays.bytes();
    do {
      before = now;
      System.gc();
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      now = NativeArrays.bytes();
    } while (now < before);
    return now;
  }

  private static Dl4jRecipe recipe() {
    return new Dl4jRecipe(configuration().toJson(), tensors(), MaskedGradient.NONE);
  }

  private static SparseTensors tensors() {
    return NetworkTensors.of(graph()).sparsifiable();
  }

  private static ComputationGraph graph() {
    ComputationGraph graph = new ComputationGraph(configuration());
    graph.init();
    return graph;
  }

  private static ComputationGraphConfiguration configuration() {
    return new NeuralNetConfiguration.Builder()
        .updater(SmallNetwork.optimiser(SmallNetwork.ADAM, 0.01, 0).updater())
        .graphBuilder()
        .addInputs("pixels")
        .addLayer(
            "hidden",
            new DenseLayer.Builder().nIn(16).nOut(HIDDEN).activation(Activation.TANH).build(),
            "pixels")
        .addLayer(
            "classes",
            new OutputLayer.Builder().nIn(HIDDEN).nOut(3).activation(Activation.SOFTMAX).build(),
            "hidden")
        .setOutputs("classes")
        .build();
  }
}
