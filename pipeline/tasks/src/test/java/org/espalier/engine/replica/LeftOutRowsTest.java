package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Mix64;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.layer.EmbeddingScores;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.layer.SparseEmbedding;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.tensor.NetworkTensors;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Tables of tokens under a mask: rows and scores of kept weights alone, and of all. */
class LeftOutRowsTest {
  private static final int TOKENS = 23;
  private static final int WIDTH = 19;
  private static final int LENGTH = 7;
  private static final int BATCH = 5;
  private static final int STEPS = 12;

  static Stream<Arguments> networks() {
    return Stream.of(SmallNetwork.SGD, SmallNetwork.NESTEROV, SmallNetwork.ADAM)
        .flatMap(rule -> Stream.of(0.0, 0.01).map(decay -> Arguments.of(rule, decay)))
        .flatMap(
            rule ->
                Stream.of("by the table", "by another matrix")
                    .map(scores -> Arguments.of(rule.get()[0], rule.get()[1], scores)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void lossesAreThoseOfTheWholeTable(UpdateRule rule, double decay, String scores) {
    String network = network(rule, decay, scores);
    try (Replica whole = replica(network, MaskedProducts.DENSE);
        Replica left = replica(network, MaskedProducts.SPARSE)) {
      for (long round = 0; round < 2; round++) {
        MaskSet masks = masks(network, 0.6 + 0.3 * round);
        whole.hold(masks);
        left.hold(masks);
        double expected = whole.run(LeftOutRowsTest::batch, round * STEPS, STEPS).lossSum();
        double loss = left.run(LeftOutRowsTest::batch, round * STEPS, STEPS).lossSum();
        assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aRoundOfManyStepsHasTheBitsOfManyRounds(UpdateRule rule, double decay, String scores) {
    String network = network(rule, decay, scores);
    try (Replica once = replica(network, MaskedProducts.SPARSE);
        Replica often = replica(network, MaskedProducts.SPARSE)) {
      MaskSet masks = masks(network, 0.9);
      once.hold(masks);
      often.hold(masks);
      double loss = once.run(LeftOutRowsTest::batch, 0, STEPS).lossSum();
      double sum = 0;
      for (int step = 0; step < STEPS; step++) {
        sum += often.run(LeftOutRowsTest::batch, step, 1).lossSum();
      }
      assertThat(once.vector().bytes()).isEqualTo(often.vector().bytes());
      assertThat(loss).isEqualTo(sum);
    }
  }

  private static String network(UpdateRule rule, double decay, String scores) {
    Optimiser optimiser =
        SmallNetwork.optimiser(rule, rule.equals(SmallNetwork.ADAM) ? 1e-3 : 0.02, decay);
    var builder =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .updater(optimiser.updater())
            .l2(optimiser.weightDecay())
            .graphBuilder()
            .addInputs("tokens")
            .addLayer("table", new SparseEmbedding.Builder(TOKENS, WIDTH).build(), "tokens")
            .addLayer("hidden", new SparseDense.Builder(WIDTH, WIDTH).rectified().build(), "table");
    if (scores.equals("by the table")) {
      builder.addVertex("scores", new EmbeddingScores("table"), "hidden");
    } else {
      builder.addLayer("scores", new SparseDense.Builder(WIDTH, TOKENS).build(), "hidden");
    }
    ComputationGraphConfiguration network =
        builder.addLayer("loss", SoftmaxLoss.plain(), "scores").setOutputs("loss").build();
    return network.toJson();
  }

  private static Replica replica(String network, MaskedProducts products) {
    Replica replica =
        new Dl4jRecipe(network, tensors(network), MaskedGradient.NONE, Slices.DEFAULT, products)
            .build();
    replica.drawAs(1, 0);
    return replica;
  }

  private static SparseTensors tensors(String network) {
    ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(network));
    graph.init();
    return NetworkTensors.of(graph).sparsifiable();
  }

  private static MaskSet masks(String network, double sparsity) {
    Map<String, Mask> masks = new HashMap<>();
    for (SparseTensor tensor : tensors(network)) {
      long key = Mix64.key(7, Mix64.of(tensor.name()), 0);
      masks.put(tensor.name(), Mask.where(tensor.length(), i -> Mix64.unit(key, i) >= sparsity));
    }
    return MaskSet.of(masks);
  }

  private static MultiDataSet batch(long step) {
    return new MultiDataSet(
        new INDArray[] {Nd4j.createFromArray(numbers(2 * step))},
        new INDArray[] {Nd4j.createFromArray(numbers(2 * step + 1))});
  }

  private static float[][] numbers(long key) {
    float[][] numbers = new float[BATCH][LENGTH];
    for (int i = 0; i < BATCH * LENGTH; i++) {
      numbers[i / LENGTH][i % LENGTH] = (float) Math.floor(TOKENS * Mix64.unit(key, i));
    }
    return numbers;
  }
}
