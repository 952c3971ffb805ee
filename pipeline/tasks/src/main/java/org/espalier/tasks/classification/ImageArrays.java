package org.espalier.tasks.classification;

import java.nio.FloatBuffer;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.batch.BatchRows;
import org.espalier.engine.operations.HostVector;
import org.espalier.tasks.Minibatch;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A minibatch of images as the arrays of a network: pixels scaled, labels as class numbers
 * `[batch]`. The arrays are filled again for every batch. Used by one thread at a time.
 */
final class ImageArrays implements Minibatch, AutoCloseable {
  private final byte[] pixels;
  private final INDArray features;
  private final INDArray labels;
  private int count;

  /** Arrays for batches of at most this many images of so many pixels each. */
  ImageArrays(int images, int size) {
    this.pixels = new byte[size];
    this.features = Nd4j.createUninitialized(DataType.FLOAT, images, size);
    this.labels = Nd4j.createUninitialized(DataType.FLOAT, images);
  }

  void fill(BatchRows rows, PixelScale scale) {
    count = rows.count();
    HostVector.of(features).fill(values -> fillFeatures(rows, scale, values));
    HostVector.of(labels).fill(values -> fillLabels(rows, values));
  }

  private void fillFeatures(BatchRows rows, PixelScale scale, FloatBuffer values) {
    for (int i = 0; i < count; i++) {
      PixelImages.pixels(rows.rows(i)).copy(rows.index(i), pixels, 0);
      scale.apply(pixels, values, i * pixels.length);
    }
  }

  private void fillLabels(BatchRows rows, FloatBuffer values) {
    for (int i = 0; i < count; i++) {
      values.put(i, PixelImages.labels(rows.rows(i)).at(rows.index(i)));
    }
  }

  @Override
  public MultiDataSet arrays() {
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {filled(features)}, new INDArray[] {filled(labels)});
  }

  private INDArray filled(INDArray array) {
    return count == array.size(0) ? array : array.get(NDArrayIndex.interval(0, count));
  }

  @Override
  public void close() {
    features.close();
    labels.close();
  }
}
