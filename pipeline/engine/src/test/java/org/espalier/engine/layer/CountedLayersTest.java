package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.layers.Layer;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.tensor.HeldMask;
import org.espalier.engine.tensor.MultiplyAdds;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.sparsity.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers count the multiply-adds of their products, and those that masks leave out. */
class CountedLayersTest {
  private static final String NAME = "layer/" + ParameterTensor.WEIGHTS;

  @ParameterizedTest
  @CsvSource({
    // batch, height, width, in, out, kernel, stride, padding, results of an image
    "3,7,5,3,5,3,1,1,35",
    "2,7,7,17,3,3,2,1,16",
    "2,8,8,4,31,5,1,0,16",
    "2,6,9,4,33,1,2,0,15",
    "2,6,9,4,33,1,1,0,54"
  })
  void convolutions(
      int batch,
      int height,
      int width,
      int in,
      int out,
      int kernel,
      int stride,
      int padding,
      int results) {
    requireCounted(
        new SparseConvolution.Builder(in, out, kernel).stride(stride).padding(padding).build(),
        3,
        (long) batch * results,
        batch,
        height,
        width,
        in);
  }

  @Test
  void denseLayers() {
    requireCounted(new SparseDense.Builder(31, 33).rectified().build(), 3, 20, 20, 31);
    requireCounted(new SparseDense.Builder(31, 33).build(), 3, 4 * 5, 4, 5, 31);
    requireCounted(
        new SparseDense.Builder(31, 33).inputGradient(InputGradient.OMITTED).build(),
        2,
        20,
        20,
        31);
  }

  /**
   * Dense, and under a mask before and after slices are cut anew.
   *
   * @param passes of a step in which the weights are multiplied
   */
  private static void requireCounted(Layer layer, long passes, long positions, long... inputShape) {
    LayerHarness harness = new LayerHarness(layer, DataType.FLOAT);
    INDArray x = LayerRun.normals("x", DataType.FLOAT, inputShape);
    HeldMask mask = harness.owner().mask(ParameterTensor.WEIGHTS);
    int length = mask.held().length();
    step(harness, x);
    assertThat(harness.owner().takeMultiplyAdds())
        .isEqualTo(MultiplyAdds.of(NAME, passes * positions * length, 0, positions * length));
    Mask third = Mask.where(length, i -> i % 3 == 0);
    mask.hold(third);
    mask.leaveOut(MaskedProducts.SPARSE);
    int masked = length - third.kept();
    step(harness, x);
    harness.owner().cut(new Slices(3));
    step(harness, x);
    assertThat(harness.owner().takeMultiplyAdds())
        .isEqualTo(
            MultiplyAdds.of(
                NAME,
                2 * passes * positions * third.kept(),
                2 * passes * positions * masked,
                2 * positions * third.kept()));
    assertThat(harness.owner().takeMultiplyAdds()).isEqualTo(MultiplyAdds.NONE);
  }

  private static void step(LayerHarness layer, INDArray x) {
    INDArray y = layer.train(x);
    layer.backward(LayerRun.normals("cotangent", DataType.FLOAT, y.shape()));
  }

  @Test
  void tablesCountTheirScoresAndNotTheirRows() {
    LayerHarness table =
        new LayerHarness(new SparseEmbedding.Builder(7, 5).build(), DataType.FLOAT);
    INDArray rows = table.train(Nd4j.ones(DataType.FLOAT, 2, 3));
    assertThat(table.owner().takeMultiplyAdds()).isEqualTo(MultiplyAdds.NONE);
    INDArray scores = table.trainScores(rows);
    table.backwardScores(LayerRun.normals("cotangent", DataType.FLOAT, scores.shape()));
    assertThat(table.owner().takeMultiplyAdds())
        .isEqualTo(MultiplyAdds.of(NAME, 3 * 6 * 7 * 5, 0, 6 * 7 * 5));
  }
}
