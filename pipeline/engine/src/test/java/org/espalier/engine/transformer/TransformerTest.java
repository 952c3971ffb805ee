package org.espalier.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.base.Refusal;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.replica.Dl4jReplica;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.StepReport;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A small Transformer with dropout at all places, on packed rows with gaps and padding. */
class TransformerTest {
  static final int TOKENS = 13;
  private static final TransformerShape SHAPE = new TransformerShape(TOKENS, 6, 10, 2, 2, 9);
  private static final TransformerDropout DROPOUT = new TransformerDropout(0.1, 0.2, 0.3);

  private final List<ComputationGraph> built = new ArrayList<>();

  static Stream<WeightForm> forms() {
    return Stream.of(
        WeightForm.PLAIN,
        new WeightForm.Variational(-2, 3, PenaltySchedule.linear(0.02, 0, 4)),
        new WeightForm.HardConcrete(0.3, PenaltySchedule.cubic(0.02, 0, 4)));
  }

  @AfterEach
  void close() {
    built.forEach(ComputationGraph::close);
  }

  private ComputationGraph graph(DataType type, WeightForm form) {
    ComputationGraph graph = TransformerGraphs.of(SHAPE, DROPOUT, form, type);
    built.add(graph);
    TransformerGraphs.scatterVectors(graph);
    return graph;
  }

  private static double loss(ComputationGraph graph, DataType type) {
    graph.getConfiguration().setIterationCount(2); // On the ramp of the penalty.
    graph.setInputs(TransformerGraphs.source(type), TransformerGraphs.target(type));
    graph.setLabels(TransformerGraphs.labels(type));
    graph.computeGradientAndScore();
    return graph.score() + NetworkTensors.of(graph).penaltyOfVertices();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void gradientsAreThoseOfDifferences(WeightForm form) {
    ComputationGraph graph = graph(DataType.DOUBLE, form);
    NetworkTensors tensors = NetworkTensors.of(graph);
    tensors.draw(new NoiseContext(5, 1));
    loss(graph, DataType.DOUBLE);
    INDArray gradient = graph.getGradientsViewArray().dup().divi(TransformerGraphs.BATCH);
    for (ParameterTensor tensor : tensors.all()) {
      INDArray values = tensor.flat(graph.params());
      INDArray direction = direction(tensor);
      double expected = difference(graph, values, direction);
      assertThat(tensor.flat(gradient).mul(direction).sumNumber().doubleValue())
          .as("gradient of %s along a direction", tensor.name())
          .isCloseTo(expected, within(1e-8 + 1e-6 * Math.abs(expected)));
    }
  }

  private static INDArray direction(ParameterTensor tensor) {
    double[] normals = Noise.stream(Mix64.of(tensor.name())).normals(tensor.length());
    return Nd4j.createFromArray(normals);
  }

  private static double difference(ComputationGraph graph, INDArray values, INDArray direction) {
    double width = 1e-6;
    INDArray before = values.dup();
    values.assign(before.add(direction.mul(width)));
    double above = loss(graph, DataType.DOUBLE);
    values.assign(before.sub(direction.mul(width)));
    double below = loss(graph, DataType.DOUBLE);
    values.assign(before);
    return (above - below) / (2 * width);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void float32FollowsFloat64(WeightForm form) {
    ComputationGraph exact = graph(DataType.DOUBLE, form);
    ComputationGraph fast = graph(DataType.FLOAT, form);
    exact.params().assign(fast.params().castTo(DataType.DOUBLE));
    for (ComputationGraph each : List.of(exact, fast)) {
      NetworkTensors.of(each).draw(new NoiseContext(5, 1));
    }
    double loss = loss(exact, DataType.DOUBLE);
    assertThat(loss(fast, DataType.FLOAT)).isCloseTo(loss, within(1e-5 * loss));
    requireNear(fast.getGradientsViewArray(), exact.getGradientsViewArray(), 1e-4);
    requireNear(output(fast, DataType.FLOAT), output(exact, DataType.DOUBLE), 1e-5);
  }

  private static INDArray output(ComputationGraph graph, DataType type) {
    return graph.outputSingle(TransformerGraphs.source(type), TransformerGraphs.target(type));
  }

  private static void requireNear(INDArray actual, INDArray expected, double tolerance) {
    INDArray wide = actual.castTo(DataType.DOUBLE);
    double distance = expected.sub(wide).norm2Number().doubleValue();
    assertThat(distance / expected.norm2Number().doubleValue()).isLessThan(tolerance);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.05, 0})
  void productsThatLeaveMaskedWeightsOutFollowThoseThatDoNot(double density) {
    ComputationGraph whole = graph(DataType.FLOAT, WeightForm.PLAIN);
    ComputationGraph kept = graph(DataType.FLOAT, WeightForm.PLAIN);
    NetworkTensors tensors = NetworkTensors.of(kept);
    for (NetworkTensors each : List.of(NetworkTensors.of(whole), tensors)) {
      for (String name : each.sparsifiable().names()) {
        long key = Mix64.of(name);
        Mask mask = Mask.where(each.named(name).length(), i -> Mix64.unit(key, i) < density);
        each.mask(name).hold(mask);
        each.mask(name).leaveOut(each == tensors ? MaskedProducts.SPARSE : MaskedProducts.DENSE);
      }
    }
    for (int repeat = 0; repeat < 2; repeat++) {
      double loss = loss(whole, DataType.FLOAT);
      assertThat(loss(kept, DataType.FLOAT)).isCloseTo(loss, within(1e-5 * loss));
      for (String name : tensors.sparsifiable().names()) {
        assertThat(tensors.leftIn(name)).as(name).isPresent();
        ParameterTensor tensor = tensors.named(name);
        INDArray ofWhole = tensor.flat(whole.getGradientsViewArray()).dup();
        INDArray ofKept = tensor.flat(kept.getGradientsViewArray()).dup();
        Mask mask = tensors.mask(name).held();
        for (int i = 0; i < tensor.length(); i++) {
          double expected = mask.isKept(i) ? ofWhole.getDouble(i) : ofKept.getDouble(i);
          assertThat(ofKept.getDouble(i)).as(name).isCloseTo(expected, within(1e-4));
        }
      }
    }
    requireNear(
        output(kept, DataType.FLOAT), output(whole, DataType.FLOAT).castTo(DataType.DOUBLE), 1e-5);
  }

  @Test
  void segmentsOfARowAreTranslatedAsIfTheyWereAlone() {
    ComputationGraph graph = graph(DataType.FLOAT, WeightForm.PLAIN);
    INDArray packed =
        graph.outputSingle(
            TransformerGraphs.tokens(DataType.FLOAT, "3 4 5 0 6 7", "1 1 1 0 2 2", "0 1 2 0 0 1"),
            TransformerGraphs.tokens(DataType.FLOAT, "8 1 9 10 1", "1 1 2 2 2", "0 1 0 1 2"));
    INDArray alone =
        graph.outputSingle(
            TransformerGraphs.tokens(DataType.FLOAT, "6 7", "1 1", "0 1"),
            TransformerGraphs.tokens(DataType.FLOAT, "9 10 1", "1 1 1", "0 1 2"));
    for (int row = 0; row < 2; row++) {
      for (int t = 0; t < 3; t++) {
        assertThat(packed.getDouble(0, row, 2 + t))
            .isCloseTo(alone.getDouble(0, row, t), within(1e-5));
      }
    }
  }

  @Test
  void laterTokensAndOtherSentencesChangeNothing() {
    ComputationGraph graph = graph(DataType.FLOAT, WeightForm.PLAIN);
    INDArray source = TransformerGraphs.tokens(DataType.FLOAT, "3 4 5", "1 1 1", "0 1 2");
    INDArray one = TransformerGraphs.tokens(DataType.FLOAT, "8 9 10", "1 1 1", "0 1 2");
    INDArray other = TransformerGraphs.tokens(DataType.FLOAT, "8 9 11", "1 1 1", "0 1 2");
    INDArray first = graph.outputSingle(source, one);
    INDArray second = graph.outputSingle(source, other);
    for (int t = 0; t < 2; t++) {
      assertThat(second.getDouble(0, 0, t)).isEqualTo(first.getDouble(0, 0, t));
    }
    assertThat(second.getDouble(0, 0, 2)).isNotEqualTo(first.getDouble(0, 0, 2));
  }

  @Test
  void probabilitiesOfAllTokensAtAPositionAddUpToOne() {
    ComputationGraph graph = graph(DataType.DOUBLE, WeightForm.PLAIN);
    INDArray source = TransformerGraphs.tokens(DataType.DOUBLE, "3 4", "1 1", "0 1");
    double sum = 0;
    double highest = 0;
    int likeliest = -1;
    double said = -1;
    for (int token = 0; token < TOKENS; token++) {
      INDArray target = TransformerGraphs.tokens(DataType.DOUBLE, "5 " + token, "1 1", "0 1");
      INDArray output = graph.outputSingle(source, target);
      double probability = Math.exp(output.getDouble(0, TokenLoss.LOG_PROBABILITY, 1));
      said = output.getDouble(0, TokenLoss.LIKELIEST, 1);
      sum += probability;
      if (probability > highest) {
        highest = probability;
        likeliest = token;
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(said).isEqualTo(likeliest);
  }

  @Test
  void batchesOfManyShapesTakeTurns() {
    ComputationGraph graph = graph(DataType.FLOAT, WeightForm.PLAIN);
    INDArray first = output(graph, DataType.FLOAT).dup();
    for (int length = 2; length < 60; length += 9) {
      String ids = "3 ".repeat(length).strip();
      String segments = "1 ".repeat(length).strip();
      INDArray row =
          TransformerGraphs.tokens(DataType.FLOAT, ids, segments, "0" + ids.substring(1));
      graph.outputSingle(row, row);
    }
    assertThat(output(graph, DataType.FLOAT)).isEqualTo(first);
  }

  @Test
  void theLossIsAMeanOverTheTokensThatCount() {
    ComputationGraph graph = graph(DataType.DOUBLE, WeightForm.PLAIN);
    double mean = loss(graph, DataType.DOUBLE);
    TokenLossImplementation loss = (TokenLossImplementation) graph.getOutputLayer(0);
    assertThat(loss.weight()).isEqualTo(TransformerGraphs.COUNTED);
    graph.setLabels(Nd4j.valueArrayOf(new long[] {TransformerGraphs.BATCH, 7}, -1.0));
    graph.computeGradientAndScore();
    assertThat(graph.score()).isZero();
    assertThat(graph.getGradientsViewArray().norm2Number().doubleValue()).isZero();
    assertThat(mean).isPositive();
  }

  /** Where no step is taken in place, as with float64. */
  @Test
  void aReplicaStepsParametersThatAreVerticesAlone() {
    ComputationGraph graph = graph(DataType.DOUBLE, WeightForm.PLAIN);
    graph.getConfiguration().setIterationCount(0);
    INDArray before = graph.params().dup();
    MultiDataSet batch =
        new MultiDataSet(
            new INDArray[] {
              TransformerGraphs.source(DataType.DOUBLE), TransformerGraphs.target(DataType.DOUBLE)
            },
            new INDArray[] {TransformerGraphs.labels(DataType.DOUBLE)});
    Replica replica = Dl4jReplica.of(graph, SparseTensors.of(List.of()), MaskedGradient.NONE);
    StepReport report = replica.run(ignored -> batch, 0, 1);
    assertThat(report.weight()).isEqualTo(TransformerGraphs.COUNTED);
    INDArray step = before.sub(graph.params());
    graph.params().assign(before);
    graph.getConfiguration().setIterationCount(0);
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    graph.computeGradientAndScore();
    INDArray gradient = graph.getGradientsViewArray().reshape(step.shape());
    requireNear(step, gradient.div(TransformerGraphs.BATCH), 1e-9);
  }

  @Test
  void theConfigurationSurvivesJson() {
    ComputationGraphConfiguration written =
        graph(DataType.FLOAT, WeightForm.PLAIN).getConfiguration();
    ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(written.toJson());
    assertThat(read.getVertices()).isEqualTo(written.getVertices());
  }

  @Test
  void wrongInputsAreRefused() {
    ComputationGraph graph = graph(DataType.FLOAT, WeightForm.PLAIN);
    INDArray row = TransformerGraphs.tokens(DataType.FLOAT, "3 4", "1 1", "0 1");
    assertThatThrownBy(() -> graph.outputSingle(Nd4j.zeros(DataType.FLOAT, 1, 2, 5), row))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot read source of shape [1, 2, 5]: a Transformer takes [batch, 3, length], the ids, segments and positions of tokens.");
    assertThatThrownBy(() -> graph.outputSingle(Nd4j.zeros(DataType.FLOAT, 2, 3, 5), row))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot translate 2 source sequences into 1 target sequences: give as many of both.");
    INDArray unknown = TransformerGraphs.tokens(DataType.FLOAT, "3 13", "1 1", "0 1");
    assertThatThrownBy(() -> graph.outputSingle(unknown, row))
        .hasMessage("Cannot look up the token 13.0: tokens are whole numbers from 0 to 12.");
    INDArray nowhere = TransformerGraphs.tokens(DataType.FLOAT, "3 4", "1 1", "0 -1");
    assertThatThrownBy(() -> graph.outputSingle(nowhere, row))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot place a token at position -1.0: positions are whole numbers from 0.");
    graph.setInputs(row, row);
    graph.setLabels(Nd4j.zeros(DataType.FLOAT, 1, 3));
    assertThatThrownBy(graph::computeGradientAndScore)
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot judge by labels of shape [1, 3]: layer loss takes one token number per position of the target, [1, 2].");
  }

  @Test
  void statesThatNothingScoresAreRefused() {
    ComputationGraph graph =
        new ComputationGraph(
            TransformerGraphs.builder(SHAPE, DROPOUT, WeightForm.PLAIN, DataType.FLOAT)
                .addLayer("loss", SoftmaxLoss.plain(), "transformer")
                .setOutputs("loss")
                .build());
    built.add(graph);
    graph.init();
    INDArray row = TransformerGraphs.tokens(DataType.FLOAT, "3 4", "1 1", "0 1");
    assertThatThrownBy(() -> graph.outputSingle(row, row))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot run the Transformer transformer: nothing scores its states; add a TokenLoss behind it.");
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThatThrownBy(() -> new TransformerShape(13, 6, 10, 4, 2, 9))
        .hasMessage(
            "Cannot divide a width of 6 among 4 heads: it must be a multiple of their number.");
    assertThatThrownBy(() -> new TransformerShape(13, 5, 10, 5, 2, 9))
        .hasMessage(
            "Cannot place positions in a width of 5: it must be even, for a sine and a cosine of each frequency.");
    assertThatThrownBy(() -> new TransformerShape(13, 6, 10, 2, 0, 9))
        .hasMessage(
            "Cannot build a Transformer of 13 tokens, width 6, 10 features inside its feed-forward sublayers, 2 heads, 0 layers and 9 positions: tokens and width must be at least 2, the others at least 1.");
  }
}
