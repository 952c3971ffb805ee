package org.espalier.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.replica.Dl4jLayout;
import org.espalier.engine.replica.Dl4jRecipe;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.SmallNetwork;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.Dense;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Batch normalisation where workers have unequal batches: its running moments are merged in the
 * same way whether gradients or parameters are averaged.
 */
@Timeout(100)
class NormalisedAveragingTest {
  private static final int WORKERS = 5;
  private static final int STEPS = 12;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsAndParametersAveragedEveryStepTrainAlike(boolean logarithms) {
    ComputationGraphConfiguration network = network(logarithms);
    FlatVector gradients = trained(network, "local[1]", gradients(network));
    FlatVector parameters = trained(network, "local[2]", new Averaged.Parameters());
    for (int i = 0; i < gradients.length(); i++) {
      double expected = parameters.values().get(i);
      assertThat((double) gradients.values().get(i))
          .as("value %d", i)
          .isCloseTo(expected, within(2e-6 * Math.max(1, Math.abs(expected))));
    }
    FlatVector elsewhere = trained(network, "local[3]", gradients(network));
    assertThat(elsewhere.bytes()).isEqualTo(gradients.bytes());
  }

  private static Averaged gradients(ComputationGraphConfiguration network) {
    return new Averaged.Gradients(UpdatePlan.elsewhere(graph(network)));
  }

  private static FlatVector trained(
      ComputationGraphConfiguration network, String master, Averaged averaged) {
    SparseTensors tensors = NetworkTensors.of(graph(network)).sparsifiable();
    VectorLayout layout = Dl4jLayout.of(graph(network), MaskedGradient.NONE);
    assertThat(layout.moments()).hasSize(1);
    Dl4jRecipe recipe = new Dl4jRecipe(network.toJson(), tensors, MaskedGradient.NONE);
    try (JavaSparkContext spark = LocalSpark.on(master);
        Replica replica = recipe.build()) {
      FlatVector start = replica.vector();
      AveragedState state = AveragedState.initial(tensors, start.head(replica.parameters()));
      MaskedAveraging averaging =
          new MaskedAveraging(
              spark,
              master + averaged,
              recipe,
              layout,
              tensors,
              1,
              WorkerData.opened(
                  spark,
                  WORKERS,
                  worker ->
                      step -> SmallNetwork.examples((step * WORKERS + worker) * 16, 4 + worker)),
              new RoundPlan(STEPS, averaged instanceof Averaged.Parameters ? 1 : 5, step -> false),
              new Dense(),
              averaged);
      TrainingState initial = new TrainingState(0, start, new Dense().initial(state));
      return averaging.train(initial, (round, end) -> {}).vector();
    }
  }

  private static ComputationGraph graph(ComputationGraphConfiguration network) {
    ComputationGraph graph = new ComputationGraph(network);
    graph.init();
    return graph;
  }

  private static ComputationGraphConfiguration network(boolean logarithms) {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .updater(SmallNetwork.optimiser(SmallNetwork.SGD, 0.05, 0).updater())
        .graphBuilder()
        .addInputs("pixels")
        .addLayer(
            "normalised",
            new BatchNormalization.Builder().nIn(16).nOut(16).useLogStd(logarithms).build(),
            "pixels")
        .addLayer("fc", new SparseDense.Builder(16, 3).build(), "normalised")
        .addLayer("loss", SoftmaxLoss.plain(), "fc")
        .setOutputs("loss")
        .build();
  }
}
