package org.espalier.engine.layer;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What a layer computes depends on its batch alone, not on the sizes of those before. */
class BatchSizesTest {
  private static final int[] SIZES = {5, 2, 7, 5, 1};

  static java.util.stream.Stream<WeightForm> forms() {
    return GradientCheckTest.forms();
  }

  /** A run on a batch of so many examples. */
  private interface Run {
    LayerRun of(LayerHarness layer, int batch);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void dense(WeightForm form) {
    require(
        () -> new SparseDense.Builder(6, 3).rectified().form(form).build(),
        (layer, batch) -> LayerRun.linear(layer, form, DataType.FLOAT, batch, 6));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void convolution(WeightForm form) {
    require(
        () -> new SparseConvolution.Builder(2, 3, 3).padding(1).form(form).build(),
        (layer, batch) -> LayerRun.linear(layer, form, DataType.FLOAT, batch, 5, 5, 2));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void imagesOfOtherSizes(WeightForm form) {
    require(
        () -> new SparseConvolution.Builder(2, 3, 3).stride(2).form(form).build(),
        (layer, side) -> LayerRun.linear(layer, form, DataType.FLOAT, 2, side + 2, 4, 2));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void embeddingThatScores(WeightForm form) {
    require(
        () -> new SparseEmbedding.Builder(7, 5).form(form).build(),
        (layer, batch) ->
            LayerRun.scoringTable(layer, form, Nd4j.ones(DataType.FLOAT, batch, 1 + batch % 3)));
  }

  private static void require(Supplier<Layer> configuration, Run run) {
    List<Function<Layer, LayerHarness>> paths =
        List.of(
            layer -> new LayerHarness(layer, DataType.FLOAT),
            layer -> LayerHarness.onOperations(layer, DataType.FLOAT));
    for (Function<Layer, LayerHarness> path : paths) {
      LayerHarness used = path.apply(configuration.get());
      for (int size : SIZES) {
        LayerRun expected = run.of(path.apply(configuration.get()), size);
        run.of(used, size).requireClose(expected, 0);
      }
    }
  }
}
