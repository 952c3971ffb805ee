package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Metric;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.stochastic.L0Regularisation;
import org.espalier.engine.stochastic.StochasticMethod;
import org.espalier.engine.stochastic.VariationalDropout;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.espalier.tasks.classification.ImageClassification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** A layer of two weight tensors and a vertex of one, in every form. */
class SeveralTensorsTest {
  private static final Optimiser ADAM = SmallNetwork.optimiser(SmallNetwork.ADAM, 0.003, 0);
  private static final String[] NAMES = {"below/W", "block/W", "block/V", "mix/W", "top/W"};

  static Stream<WeightForm> forms() {
    return Stream.of(
        WeightForm.PLAIN,
        new WeightForm.Variational(-2, 3, PenaltySchedule.linear(0.02, 0, 4)),
        new WeightForm.HardConcrete(0.3, PenaltySchedule.linear(0.02, 0, 4)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void layersAndVerticesDeclareTheirTensors(WeightForm form) {
    ComputationGraph graph = SeveralTensors.graph(ADAM, form);
    NetworkTensors tensors = NetworkTensors.of(graph);
    assertThat(tensors.sparsifiable().names()).containsExactly(NAMES);
    int end = 0;
    for (ParameterTensor tensor :
        tensors.all().stream()
            .sorted(java.util.Comparator.comparingInt(ParameterTensor::offset))
            .toList()) {
      assertThat(tensor.offset()).as("%s", tensor).isEqualTo(end);
      end = tensor.end();
    }
    assertThat(end).isEqualTo(graph.params().length());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void gradientsAreThoseOfTheScore(WeightForm form) {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      ComputationGraph graph =
          new ComputationGraph(SeveralTensors.configuration(new NoOp(), form, DataType.DOUBLE));
      graph.init();
      assertThat(ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson()))
          .isEqualTo(graph.getConfiguration());
      graph.getConfiguration().setIterationCount(2); // On the ramp of the penalty.
      NetworkTensors tensors = NetworkTensors.of(graph);
      tensors.draw(new NoiseContext(5, 1));
      score(graph, tensors);
      INDArray gradient = graph.getGradientsViewArray().reshape(-1).dup();
      INDArray parameters = graph.params().reshape(-1);
      for (long i = 0; i < parameters.length(); i++) {
        double expected = slope(graph, tensors, parameters, i);
        assertThat(gradient.getDouble(i) / 4) // DL4J divides it by the examples later.
            .as("parameter %d", i)
            .isCloseTo(
                expected, org.assertj.core.data.Offset.offset(1e-6 + 1e-5 * Math.abs(expected)));
      }
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
  }

  private static double slope(
      ComputationGraph graph, NetworkTensors tensors, INDArray parameters, long at) {
    double step = 1e-6;
    double value = parameters.getDouble(at);
    parameters.putScalar(at, value + step);
    double above = score(graph, tensors);
    parameters.putScalar(at, value - step);
    double below = score(graph, tensors);
    parameters.putScalar(at, value);
    return (above - below) / (2 * step);
  }

  private static double score(ComputationGraph graph, NetworkTensors tensors) {
    MultiDataSet batch = SmallNetwork.examples(0, 4);
    graph.setInputs(batch.getFeatures(0).castTo(DataType.DOUBLE));
    graph.setLabels(batch.getLabels(0).castTo(DataType.DOUBLE));
    graph.computeGradientAndScore();
    return graph.score() + tensors.penaltyOfVertices();
  }

  @ParameterizedTest
  @ValueSource(strings = {"below/W", "block/W", "block/V", "mix/W", "top/W"})
  void aMaskReachesItsTensorAndNoOther(String name) {
    SparseTensors tensors = SeveralTensors.tensors(ADAM, WeightForm.PLAIN);
    MaskSet masks = without(tensors, name);
    ComputationGraph masked = SeveralTensors.graph(ADAM, WeightForm.PLAIN);
    ComputationGraph zeroed = SeveralTensors.graph(ADAM, WeightForm.PLAIN);
    zeroed.setParams(masked.params());
    NetworkTensors.of(zeroed).named(name).flat(zeroed.params()).assign(0);
    INDArray images = SmallNetwork.examples(0, 20).getFeatures(0);
    try (Dl4jReplica replica = Dl4jReplica.of(masked, tensors, MaskedGradient.NONE)) {
      INDArray dense = masked.outputSingle(images).dup();
      replica.hold(masks);
      assertThat(masked.outputSingle(images)).isEqualTo(zeroed.outputSingle(images));
      assertThat(masked.outputSingle(images)).isNotEqualTo(dense);
      float[] before = replica.vector().head(replica.parameters());
      replica.run(step -> SmallNetwork.examples(step * 16, 16), 0, 3);
      float[] after = replica.vector().head(replica.parameters());
      for (SparseTensor tensor : tensors) {
        boolean moved = false;
        for (int i = tensor.offset(); i < tensor.end(); i++) {
          moved |= before[i] != after[i];
        }
        if (tensor.name().equals(name)) {
          assertThat(moved).as("masked %s", name).isFalse();
        }
      }
    }
  }

  private static MaskSet without(SparseTensors tensors, String name) {
    Map<String, Mask> masks = new TreeMap<>();
    for (SparseTensor tensor : tensors) {
      masks.put(
          tensor.name(),
          tensor.name().equals(name)
              ? Mask.where(tensor.length(), i -> false)
              : Mask.all(tensor.length()));
    }
    return MaskSet.of(masks);
  }

  @ParameterizedTest
  @ValueSource(strings = {"below/W", "block/W", "block/V", "mix/W", "top/W"})
  void aBitThatFlipsInAnyMaskShowsInTheHash(String name) {
    SparseTensors tensors = SeveralTensors.tensors(ADAM, WeightForm.PLAIN);
    ComputationGraph graph = SeveralTensors.graph(ADAM, WeightForm.PLAIN);
    try (Dl4jReplica replica = Dl4jReplica.of(graph, tensors, MaskedGradient.NONE)) {
      MaskSet masks = MaskSet.dense(tensors);
      replica.hold(masks);
      assertThat(replica.maskHash()).isEqualTo(masks.hash());
      NetworkTensors.of(graph).mask(name).words()[0] ^= 1L << 5;
      assertThat(replica.maskHash()).isNotEqualTo(masks.hash());
    }
  }

  @Test
  void tensorsOfOneLayerDrawNumbersOfTheirOwn() {
    ComputationGraph graph = SeveralTensors.graph(ADAM, forms().skip(1).findFirst().orElseThrow());
    NetworkTensors tensors = NetworkTensors.of(graph);
    assertThat(tensors.all().stream().map(ParameterTensor::noiseName).distinct())
        .hasSameSizeAs(tensors.all());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aDrawnNetworkIsReadTensorByTensor(StochasticMethod method) {
    ComputationGraph drawn = SeveralTensors.graph(ADAM, method.weights());
    ComputationGraph plain = SeveralTensors.graph(ADAM, WeightForm.PLAIN);
    WeightReader reader = WeightReader.between(drawn, plain);
    SparseTensors tensors = NetworkTensors.of(drawn).sparsifiable();
    try (Dl4jReplica trained = Dl4jReplica.of(drawn, tensors, MaskedGradient.NONE);
        Dl4jReplica read = Dl4jReplica.of(plain, reader.tensors(), MaskedGradient.NONE)) {
      trained.run(step -> SmallNetwork.examples(step * 16, 16), 0, 5);
      PlainWeights weights = reader.read(trained.vector(), method.estimates().get(0));
      assertThat(weights.masks().names()).containsExactlyInAnyOrder(NAMES);
      read.write(0, weights.parameters().values());
      read.hold(weights.masks());
      MultiDataSet batch = SmallNetwork.examples(900, 50);
      batch.setLabels(0, Nd4j.argMax(batch.getLabels(0), 1).castTo(DataType.FLOAT));
      Judge judge = new ImageClassification().judge();
      Map<Metric, Double> expected = judge.metrics(trained.evaluate(batch, judge));
      Map<Metric, Double> found = judge.metrics(read.evaluate(batch, judge));
      assertThat(found.get(Metric.ACCURACY)).isEqualTo(expected.get(Metric.ACCURACY));
      assertThat(found.get(Metric.CROSS_ENTROPY))
          .isCloseTo(expected.get(Metric.CROSS_ENTROPY), org.assertj.core.data.Offset.offset(2e-5));
    }
  }

  static Stream<StochasticMethod> methods() {
    PenaltySchedule penalty = PenaltySchedule.constant(1e-3);
    return Stream.of(
        new VariationalDropout(-2, java.util.List.of(0.5), penalty, Double.POSITIVE_INFINITY),
        new L0Regularisation(-1, penalty));
  }

  @Test
  void weightsThatDoNotExistAreRefused() {
    NetworkTensors tensors = NetworkTensors.of(SeveralTensors.graph(ADAM, WeightForm.PLAIN));
    assertThatThrownBy(() -> tensors.mask("block/U"))
        .hasMessageStartingWith(
            "Cannot find the tensor block/U in this network: it has [below/W, ");
  }
}
