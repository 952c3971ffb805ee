package org.espalier.tasks.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.FlatUpdater;
import org.espalier.engine.optimiser.FusedUpdater;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.UpdatePlan;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class FusedUpdaterTest {
  private static final ImageShape IMAGE = new ImageShape(1, 16, 16);
  private static final int BATCH = 5;
  private static final UpdateRule SGD = new UpdateRule.Sgd();

  static List<UpdateRule> rules() {
    return List.of(UpdateRule.Adam.standard(), new UpdateRule.Nesterov(0.9), SGD);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void stepsAreThoseOfDl4jsUpdater(UpdateRule rule) {
    ComputationGraph stock = graph(rule);
    ComputationGraph fused = graph(rule);
    FusedUpdater.install(fused);
    for (int step = 0; step < 5; step++) {
      fused.setParams(stock.params());
      train(stock, step);
      train(fused, step);
      requireClose(fused.params(), stock.params());
    }
    if (rule.stateVectors() > 0) {
      requireClose(fused.getUpdater().getStateViewArray(), stock.getUpdater().getStateViewArray());
    }
  }

  @Test
  void aMaskedWeightDecaysAndGetsNoLossGradient() {
    ComputationGraph graph = graph(SGD);
    FusedUpdater.install(graph).mask("fc1/W", new long[(256 * 300 + 63) / 64]);
    INDArray before = graph.getLayer("fc1").getParam("W").dup();
    INDArray other = graph.getLayer("fc2").getParam("W").dup();
    train(graph, 0);
    requireClose(graph.getLayer("fc1").getParam("W"), before.mul(1 - 0.1 * 1e-2));
    assertThat(graph.getLayer("fc2").getParam("W").distance2(other.mul(1 - 0.1 * 1e-2)))
        .isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @MethodSource("formsWithACompanion")
  void weightDecayReachesWeightsAndNothingElse(WeightForm form) {
    ComputationGraph decaying = graph(0.5, form);
    ComputationGraph free = graph(0, form);
    for (ComputationGraph graph : new ComputationGraph[] {decaying, free}) {
      FusedUpdater.install(graph);
      train(graph, 0);
    }
    assertThat(decaying.getLayer("fc1").getParam("W"))
        .isNotEqualTo(free.getLayer("fc1").getParam("W"));
    for (String key : new String[] {"b", form.companion().orElseThrow()}) {
      assertThat(decaying.getLayer("fc1").getParam(key))
          .isEqualTo(free.getLayer("fc1").getParam(key));
    }
  }

  static Stream<WeightForm> formsWithACompanion() {
    return Stream.of(
        new WeightForm.Variational(-4, 3, PenaltySchedule.constant(1e-3)),
        new WeightForm.HardConcrete(2.197, PenaltySchedule.constant(1e-3)));
  }

  @Test
  void whatCannotBeFusedIsNamed() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("out", new OutputLayer.Builder().nIn(2).nOut(2).build(), "in")
                .setOutputs("out")
                .build());
    graph.init();
    assertThatThrownBy(() -> FusedUpdater.install(graph))
        .hasMessage(
            "Cannot fuse the update of out/W: its updater is not a FlatUpdater; leave the graph its own updater.");
    ComputationGraph ours = graph(SGD);
    assertThatThrownBy(() -> FusedUpdater.install(ours).mask("fc9/W", null))
        .hasMessage(
            "Cannot mask the gradient of fc9/W: the tensors are [fc1/W, fc1/b, fc2/W, fc2/b, fc3/W, fc3/b].");
  }

  @Test
  void constraintsAreForTheGraphsOwnUpdatesAlone() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .updater(new FlatUpdater(SGD, new ConstantRate(0.1)))
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                    "out",
                    new OutputLayer.Builder()
                        .nIn(2)
                        .nOut(2)
                        .constrainWeights(new NonNegativeConstraint())
                        .build(),
                    "in")
                .setOutputs("out")
                .build());
    graph.init();
    assertThat(UpdatePlan.of(graph).parts()).hasSize(2);
    assertThatThrownBy(() -> UpdatePlan.elsewhere(graph))
        .hasMessage(
            "Cannot update the layer out apart from its network: it has constraints on its weights; remove them.");
  }

  private static ComputationGraph graph(UpdateRule rule) {
    Optimiser optimiser = new Optimiser(rule, new ConstantRate(0.1), 1e-2);
    ComputationGraph graph =
        new ComputationGraph(
            NetworkModels.named("lenet-300-100")
                .graph(new PixelImages(IMAGE, 10), optimiser, WeightForm.PLAIN, 7));
    graph.init();
    return graph;
  }

  private static ComputationGraph graph(double weightDecay, WeightForm form) {
    Optimiser sgd = new Optimiser(SGD, new ConstantRate(0.1), weightDecay);
    ComputationGraph graph =
        new ComputationGraph(
            NetworkModels.named("lenet-300-100").graph(new PixelImages(IMAGE, 10), sgd, form, 7));
    graph.init();
    return graph;
  }

  private static void train(ComputationGraph graph, int step) {
    INDArray images = Nd4j.linspace(DataType.FLOAT, 0, 0.001 + step, (long) BATCH * IMAGE.bytes());
    images = Transforms.sin(images, false).reshape(BATCH, IMAGE.bytes());
    INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, 10);
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, (i + step) % 10, 1);
    }
    graph.fit(new INDArray[] {images}, new INDArray[] {labels});
  }

  private static void requireClose(INDArray actual, INDArray expected) {
    assertThat(actual.distance2(expected))
        .isLessThanOrEqualTo(1e-5 * expected.norm2Number().doubleValue());
  }
}
