package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Every layer in float64 through a ComputationGraph, against differences, its noise held fixed. */
class GradientCheckTest {
  private static final int BATCH = 3;

  @BeforeAll
  static void useDoubles() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void useFloatsAgain() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  static Stream<WeightForm> forms() {
    return Stream.of(
        WeightForm.PLAIN,
        new WeightForm.Variational(-2, 3, PenaltySchedule.linear(0.02, 0, 4)),
        new WeightForm.HardConcrete(0.3, PenaltySchedule.cubic(0.02, 0, 4)),
        new WeightForm.HardConcrete(0.3, PenaltySchedule.cubic(0.02, 0, 4), 0.03));
  }

  /** Those that linear layers have besides. */
  static Stream<WeightForm> formsOfLinearLayers() {
    return Stream.concat(
        forms(),
        Stream.of(new WeightForm.Variational(-2, 3, PenaltySchedule.linear(0.02, 0, 4), 0.5)));
  }

  @ParameterizedTest
  @MethodSource("formsOfLinearLayers")
  void dense(WeightForm form) {
    ComputationGraph graph =
        Networks.of(
            DataType.DOUBLE,
            InputType.feedForward(5),
            new SparseDense.Builder(5, 6).rectified().form(form).build(),
            new SparseDense.Builder(6, Networks.CLASSES).form(form).build());
    check(graph, Nd4j.rand(DataType.DOUBLE, BATCH, 5).subi(0.3));
  }

  @ParameterizedTest
  @MethodSource("formsOfLinearLayers")
  void convolutionPoolingAndDense(WeightForm form) {
    ComputationGraph graph =
        Networks.of(
            DataType.DOUBLE,
            InputType.convolutional(6, 5, 2, CNN2DFormat.NHWC),
            new SparseConvolution.Builder(2, 3, 3).padding(1).rectified().form(form).build(),
            new MaxPooling(2),
            new SparseConvolution.Builder(3, 4, 2).withoutBias().form(form).build(),
            new SparseDense.Builder(8, Networks.CLASSES).form(form).build());
    check(graph, Nd4j.rand(DataType.DOUBLE, BATCH, 6, 5, 2).subi(0.3));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void embeddingSharedWithTheScores(WeightForm form) {
    int tokens = 7;
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .graphBuilder()
                .addInputs("tokens")
                .addLayer(
                    "table", new SparseEmbedding.Builder(tokens, 5).form(form).build(), "tokens")
                .addLayer(
                    "hidden", new SparseDense.Builder(5, 5).rectified().form(form).build(), "table")
                .addVertex("scores", new EmbeddingScores("table"), "hidden")
                .addLayer("loss", SoftmaxLoss.plain(), "scores")
                .setOutputs("loss")
                .build());
    graph.init();
    assertThat(ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson()))
        .isEqualTo(graph.getConfiguration());
    INDArray input = Nd4j.createFromArray(new double[][] {{3, 6, 6, 0}, {1, 3, 2, 2}});
    check(graph, input, Nd4j.createFromArray(new double[][] {{6, 6, 0, 1}, {3, 2, 2, 5}}));
  }

  private static void check(ComputationGraph graph, INDArray input) {
    check(graph, input, Networks.labels(DataType.DOUBLE, BATCH));
  }

  private static void check(ComputationGraph graph, INDArray input, INDArray labels) {
    graph.getConfiguration().setIterationCount(2); // On the ramp of the penalty.
    NetworkTensors.of(graph).draw(new NoiseContext(5, 1));
    boolean right =
        GradientCheckUtil.checkGradients(
            new GradientCheckUtil.GraphConfig()
                .net(graph)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-9)
                .inputs(new INDArray[] {input})
                .labels(new INDArray[] {labels}));
    assertThat(right).isTrue();
  }
}
