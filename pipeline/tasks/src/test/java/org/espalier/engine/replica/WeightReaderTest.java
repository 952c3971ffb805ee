package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.PixelImages;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.stochastic.L0Regularisation;
import org.espalier.engine.stochastic.StochasticMethod;
import org.espalier.engine.stochastic.VariationalDropout;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightReaderTest {
  private static final ImageShape IMAGE = new ImageShape(1, 28, 28);
  private static final Optimiser ADAM = SmallNetwork.optimiser(SmallNetwork.ADAM, 0.001, 0);
  private static final int BATCH = 6;

  static Stream<Arguments> everyNetworkAndMethod() {
    List<StochasticMethod> methods =
        List.of(
            new VariationalDropout(
                -10, List.of(1.5), PenaltySchedule.NONE, Double.POSITIVE_INFINITY),
            new L0Regularisation(2.197, PenaltySchedule.NONE));
    return Stream.of("lenet-300-100", "lenet-5-caffe")
        .flatMap(network -> methods.stream().map(method -> Arguments.of(network, method)));
  }

  @ParameterizedTest
  @MethodSource("everyNetworkAndMethod")
  void thePlainNetworkUnderItsMasksGivesWhatTheDrawnOneGivesInEvaluation(
      String network, StochasticMethod method) {
    NetworkModel model = NetworkModels.named(network);
    try (Pair pair = Pair.of(model, method)) {
      PlainWeights weights = pair.read(method);
      INDArray images = images();
      INDArray expected = pair.drawn.outputSingle(images).dup();
      Dl4jReplica replica = Dl4jReplica.of(pair.plain, pair.reader.tensors(), MaskedGradient.NONE);
      replica.write(0, weights.parameters().values());
      replica.hold(weights.masks());
      INDArray read = pair.plain.outputSingle(images);
      assertThat(read.ravel().toFloatVector())
          .containsExactly(expected.ravel().toFloatVector(), within(1e-6f));
      assertThat(expected.std(0).maxNumber().floatValue()).isGreaterThan(1e-3f);
      assertThat(weights.masks().sparsity()).isBetween(0.1, 0.9);
    }
  }

  @ParameterizedTest
  @MethodSource("everyNetworkAndMethod")
  void masksAndValuesAreWhatTheEstimateSaysOfEachTensorsTwoParameters(
      String network, StochasticMethod method) {
    NetworkModel model = NetworkModels.named(network);
    try (Pair pair = Pair.of(model, method)) {
      PlainWeights weights = pair.read(method);
      for (SparseTensor tensor : pair.reader.tensors()) {
        String layer = tensor.name().substring(0, tensor.name().indexOf('/'));
        float[] theta = inFlatOrder(pair.drawn, layer + "_W");
        float[] companion =
            inFlatOrder(pair.drawn, layer + "_" + method.weights().companion().orElseThrow());
        int kept = 0;
        for (int i = 0; i < tensor.length(); i++) {
          boolean keeps = method.estimates().get(0).keeps(theta[i], companion[i]);
          kept += keeps ? 1 : 0;
          assertThat(weights.masks().mask(tensor.name()).isKept(i)).isEqualTo(keeps);
          assertThat(weights.parameters().values().get(tensor.offset() + i))
              .isEqualTo(method.estimates().get(0).value(theta[i], companion[i]));
        }
        assertThat(weights.masks().mask(tensor.name()).kept()).isEqualTo(kept);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyNetworkAndMethod")
  void biasesAreCopiedAndNothingElseIsRead(String network, StochasticMethod method) {
    try (Pair pair = Pair.of(NetworkModels.named(network), method)) {
      PlainWeights weights = pair.read(method);
      Dl4jReplica replica = Dl4jReplica.of(pair.plain, pair.reader.tensors(), MaskedGradient.NONE);
      replica.write(0, weights.parameters().values());
      int biases = 0;
      for (Map.Entry<String, INDArray> parameter : pair.plain.paramTable().entrySet()) {
        if (parameter.getKey().endsWith("_b")) {
          biases += (int) parameter.getValue().length();
          assertThat(parameter.getValue()).isEqualTo(pair.drawn.getParam(parameter.getKey()));
        }
      }
      assertThat(biases)
          .isEqualTo(replica.parameters() - (int) pair.reader.tensors().totalLength())
          .isPositive();
      assertThat(weights.parameters().length()).isEqualTo(replica.parameters());
    }
  }

  /** A network with drawn weights at random parameters, and the same one with plain weights. */
  private record Pair(ComputationGraph drawn, ComputationGraph plain, WeightReader reader)
      implements AutoCloseable {
    static Pair of(NetworkModel model, StochasticMethod method) {
      ComputationGraph drawn = graph(model, method.weights());
      ComputationGraph plain = graph(model, WeightForm.PLAIN);
      long key = 0;
      for (Map.Entry<String, INDArray> parameter : drawn.paramTable().entrySet()) {
        key++;
        boolean isCompanion =
            parameter.getKey().endsWith(method.weights().companion().orElseThrow());
        INDArray values = parameter.getValue();
        float[] random = new float[(int) values.length()];
        for (int i = 0; i < random.length; i++) {
          random[i] = random(method, isCompanion, Mix64.unit(key, i));
        }
        values.assign(Nd4j.create(random).reshape(values.shape()));
      }
      WeightReader reader = WeightReader.between(drawn, plain);
      return new Pair(drawn, plain, reader);
    }

    PlainWeights read(StochasticMethod method) {
      return reader.read(FlatVector.of(drawn.params().toFloatVector()), method.estimates().get(0));
    }

    @Override
    public void close() {
      drawn.close();
      plain.close();
    }

    private static float random(StochasticMethod method, boolean companion, double unit) {
      if (!companion) {
        return (float) (0.3 * (unit - 0.5));
      }
      return (float) (method instanceof L0Regularisation ? 8 * unit - 4 : 12 * unit - 10);
    }
  }

  private static ComputationGraph graph(NetworkModel model, WeightForm form) {
    ComputationGraph graph =
        new ComputationGraph(model.graph(new PixelImages(IMAGE, 10), ADAM, form, 7));
    graph.init();
    return graph;
  }

  private static float[] inFlatOrder(ComputationGraph graph, String parameter) {
    INDArray values = graph.getParam(parameter);
    int offset = (int) (values.offset() - graph.params().offset());
    float[] all = graph.params().toFloatVector();
    return java.util.Arrays.copyOfRange(all, offset, offset + (int) values.length());
  }

  private static INDArray images() {
    INDArray pixels = Nd4j.create(BATCH, IMAGE.bytes());
    for (int i = 0; i < pixels.length(); i++) {
      pixels.putScalar(i, Mix64.unit(99, i));
    }
    return pixels;
  }
}
