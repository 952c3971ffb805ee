package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class SparseLayerTest {
  @Test
  void settingsOfDl4jThatWouldChangeNothingAreRefused() {
    assertThatThrownBy(
            () ->
                Networks.of(
                    DataType.FLOAT,
                    InputType.feedForward(3),
                    new SparseDense.Builder(3, Networks.CLASSES).dropOut(0.5).build()))
        .hasMessageMatching(
            "Cannot build the layer .* with Dropout.*: it does not apply DL4J's dropout; put a DropoutLayer before it\\.");
    assertThatThrownBy(
            () ->
                Networks.of(
                    DataType.FLOAT,
                    InputType.feedForward(3),
                    new SparseDense.Builder(3, Networks.CLASSES)
                        .activation(Activation.TANH)
                        .build()))
        .hasMessageMatching(
            "Cannot build the layer .* with the activation tanh: it is followed by ReLU or by nothing; call rectified\\(\\), or put an ActivationLayer behind it\\.");
  }

  @Test
  void aFormThatIsOlderThanItsTrainThresholdIsRead() throws IOException {
    WeightForm form = new WeightForm.Variational(-2, 3, PenaltySchedule.NONE, 2.5);
    ComputationGraph graph =
        Networks.of(
            DataType.FLOAT,
            InputType.feedForward(3),
            new SparseDense.Builder(3, Networks.CLASSES).form(form).build());
    String json = graph.getConfiguration().toJson();
    assertThat(formOf(json)).isEqualTo(form);
    assertThat(formOf(json.replaceAll(",\\s*\"trainThreshold\" : 2.5", "")))
        .isEqualTo(new WeightForm.Variational(-2, 3, PenaltySchedule.NONE));
  }

  private static WeightForm formOf(String json) {
    ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
    graph.init();
    return ((SparseLayer) graph.getLayer(0).conf().getLayer()).form();
  }

  @Test
  void anImageOfOnePixelIsRead() {
    Geometry pixel = Geometry.dense("fc1", new long[] {7, 1, 1, 50}, 50, 500);
    assertThat(pixel.resultShape().array()).containsExactly(7, 500);
    Geometry positions = Geometry.dense("fc1", new long[] {7, 9, 50}, 50, 500);
    assertThat(positions.resultShape().array()).containsExactly(7, 9, 500);
  }

  static Stream<WeightForm> forms() {
    return GradientCheckTest.forms();
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,17,5", "31,33,100", "32,100,31", "100,17,33"})
  void denseFollowsDl4jsDenseLayerInOutputsAndGradients(int batch, int in, int hidden) {
    ComputationGraph stock =
        Networks.of(
            DataType.FLOAT,
            InputType.feedForward(in),
            new DenseLayer.Builder().nIn(in).nOut(hidden).activation(Activation.RELU).build(),
            new DenseLayer.Builder()
                .nIn(hidden)
                .nOut(Networks.CLASSES)
                .activation(Activation.IDENTITY)
                .build());
    ComputationGraph ours =
        Networks.of(
            DataType.FLOAT,
            InputType.feedForward(in),
            new SparseDense.Builder(in, hidden)
                .rectified()
                .inputGradient(InputGradient.OMITTED)
                .build(),
            new SparseDense.Builder(hidden, Networks.CLASSES).build());
    ours.setParams(stock.params());
    INDArray input = Nd4j.rand(batch, in).subi(0.3);
    INDArray labels = Networks.labels(DataType.FLOAT, batch);
    requireClose(ours.outputSingle(input), stock.outputSingle(input));
    requireClose(Networks.step(ours, input, labels), Networks.step(stock, input, labels));
  }

  @Test
  void scoresOfSingleExamplesAreWhatBatchesOfOneScore() {
    ComputationGraph graph =
        Networks.of(
            DataType.FLOAT,
            InputType.feedForward(5),
            new SparseDense.Builder(5, Networks.CLASSES).build());
    INDArray input = Nd4j.rand(4, 5);
    INDArray labels = Networks.labels(DataType.FLOAT, 4);
    INDArray scores = graph.scoreExamples(new DataSet(input, labels), false);
    assertThat(scores.length()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      INDArray one = Nd4j.create(1, 5).assign(input.getRow(i));
      INDArray label = Nd4j.create(1, Networks.CLASSES).assign(labels.getRow(i));
      assertThat(scores.getDouble(i)).isCloseTo(graph.score(new DataSet(one, label)), within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void fastLayersFollowTheReferenceInDouble(WeightForm form) {
    ComputationGraph fast = images(DataType.FLOAT, form);
    ComputationGraph slow = images(DataType.DOUBLE, form);
    slow.setParams(fast.params().castTo(DataType.DOUBLE));
    INDArray input = Nd4j.rand(DataType.FLOAT, 7, 8, 8, 3).subi(0.3);
    INDArray labels = Networks.labels(DataType.FLOAT, 7);
    INDArray precise = input.castTo(DataType.DOUBLE);
    for (int step = 0; step < 3; step++) {
      INDArray actual = Networks.step(fast, input, labels);
      INDArray expected =
          Networks.step(slow, precise, labels.castTo(DataType.DOUBLE)).castTo(DataType.FLOAT);
      requireClose(actual, expected);
      assertThat(fast.score()).isCloseTo(slow.score(), org.assertj.core.data.Offset.offset(1e-4));
    }
    requireClose(fast.outputSingle(input), slow.outputSingle(precise).castTo(DataType.FLOAT));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void configurationAndParametersSurviveStorage(WeightForm form) throws IOException {
    ComputationGraph graph = images(DataType.FLOAT, form);
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()))
        .isEqualTo(configuration);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, bytes, true);
    ComputationGraph again =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes.toByteArray()));
    INDArray input = Nd4j.rand(DataType.FLOAT, 2, 8, 8, 3);
    assertThat(again.outputSingle(input)).isEqualTo(graph.outputSingle(input));
    INDArray labels = Networks.labels(DataType.FLOAT, 2);
    assertThat(Networks.step(again, input, labels)).isEqualTo(Networks.step(graph, input, labels));
  }

  @Test
  void noiseIsAFunctionOfSeedWorkerAndStep() {
    WeightForm form = new WeightForm.Variational(-2, 3, PenaltySchedule.NONE);
    INDArray input = Nd4j.rand(DataType.FLOAT, 4, 8, 8, 3);
    INDArray labels = Networks.labels(DataType.FLOAT, 4);
    INDArray first = stepped(form, 5, 0, 0, input, labels);
    assertThat(stepped(form, 5, 0, 0, input, labels)).isEqualTo(first);
    assertThat(stepped(form, 6, 0, 0, input, labels)).isNotEqualTo(first);
    assertThat(stepped(form, 5, 1, 0, input, labels)).isNotEqualTo(first);
    assertThat(stepped(form, 5, 0, 1, input, labels)).isNotEqualTo(first);
  }

  @Test
  void wrongInputsAreNamedWithTheLayer() {
    ComputationGraph dense =
        Networks.of(
            DataType.FLOAT,
            InputType.feedForward(3),
            new SparseDense.Builder(3, Networks.CLASSES).build());
    assertThatThrownBy(() -> dense.outputSingle(Nd4j.rand(2, 4)))
        .hasMessageContaining(
            "Cannot run layer layer0 on an array of shape [2, 4]: it takes [batch, 3] with at least one row");
    ComputationGraph images = images(DataType.FLOAT, WeightForm.PLAIN);
    assertThatThrownBy(() -> images.outputSingle(Nd4j.rand(DataType.FLOAT, 2, 3, 8, 8)))
        .hasMessageContaining(
            "Cannot run layer layer0 on an array of shape [2, 3, 8, 8]: it takes [batch, height, width, 3] with at least one image.");
    assertThatThrownBy(
            () ->
                Networks.of(
                    DataType.FLOAT,
                    InputType.convolutional(8, 8, 3, CNN2DFormat.NCHW),
                    new SparseConvolution.Builder(3, 4, 3).build()))
        .hasMessageContaining("it takes images with channels last");
  }

  private static INDArray stepped(
      WeightForm form, long seed, int worker, int step, INDArray input, INDArray labels) {
    ComputationGraph graph = images(DataType.FLOAT, form);
    graph.getConfiguration().setIterationCount(step);
    NetworkTensors.of(graph).draw(new NoiseContext(seed, worker));
    return Networks.step(graph, input, labels);
  }

  private static ComputationGraph images(DataType type, WeightForm form) {
    return Networks.of(
        type,
        InputType.convolutional(8, 8, 3, CNN2DFormat.NHWC),
        new SparseConvolution.Builder(3, 5, 3)
            .padding(1)
            .rectified()
            .inputGradient(InputGradient.OMITTED)
            .form(form)
            .build(),
        new MaxPooling(2),
        new SparseConvolution.Builder(5, 6, 3).stride(2).withoutBias().form(form).build(),
        new SparseDense.Builder(6, 17).rectified().form(form).build(),
        new SparseDense.Builder(17, Networks.CLASSES).form(form).build());
  }

  private static void requireClose(INDArray actual, INDArray expected) {
    double distance = actual.distance2(expected);
    double norm = expected.norm2Number().doubleValue();
    assertThat(distance).isLessThanOrEqualTo(3e-5 * norm + 1e-7);
    assertThat(norm).isPositive();
  }
}
