package org.espalier.tasks.classification;

import java.nio.FloatBuffer;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.batch.BatchRows;
import org.espalier.engine.kernel.OffHeap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A minibatch of images as the arrays of a network: pixels scaled, labels one-hot. The arrays are
 * filled again for every batch. Used by one thread at a time.
 */
final class ImageArrays implements AutoCloseable {
  private final byte[] pixels;
  private final INDArray features;
  private final INDArray oneHot;
  private final FloatBuffer featureValues;
  private final FloatBuffer oneHotValues;
  private int count;

  /**
   * Arrays for batches of at most {@code shape[0]} images.
   *
   * @param shape of the network's input
   */
  ImageArrays(long[] shape, PixelImages images) {
    this.pixels = new byte[images.shape().bytes()];
    this.features = Nd4j.createUninitialized(DataType.FLOAT, shape);
    this.oneHot = Nd4j.createUninitialized(DataType.FLOAT, shape[0], images.classes());
    this.featureValues = OffHeap.view(features);
    this.oneHotValues = OffHeap.view(oneHot);
  }

  void fill(BatchRows rows, PixelScale scale) {
    count = rows.count();
    int classes = oneHot.columns();
    for (int i = 0; i < count; i++) {
      PixelImages.pixels(rows.rows(i)).copy(rows.index(i), pixels, 0);
      scale.apply(pixels, featureValues, i * pixels.length);
      int label = PixelImages.labels(rows.rows(i)).at(rows.index(i));
      for (int c = 0; c < classes; c++) {
        oneHotValues.put(i * classes + c, c == label ? 1f : 0f);
      }
    }
  }

  /** What was filled in last, as arrays that are valid until the next time. */
  MultiDataSet batch() {
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {filled(features)}, new INDArray[] {filled(oneHot)});
  }

  private INDArray filled(INDArray array) {
    return count == array.size(0) ? array : array.get(NDArrayIndex.interval(0, count));
  }

  @Override
  public void close() {
    features.close();
    oneHot.close();
  }
}
