package org.espalier.tasks.classification;

import java.nio.FloatBuffer;
import org.espalier.datasets.ImageShape;
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
 * A minibatch of images as the arrays of a network: pixels scaled, in the network's layout, and
 * labels as class numbers `[batch]`. The arrays are filled again for every batch. Used by one
 * thread at a time.
 */
final class ImageArrays implements Minibatch, AutoCloseable {
  private final byte[] pixels;
  private final float[] seen;
  private final PixelWindow window;
  private final INDArray features;
  private final INDArray labels;
  private int count;

  /** Arrays for batches of at most this many images. */
  ImageArrays(int images, ImageShape shape, PixelLayout layout) {
    this.pixels = new byte[shape.bytes()];
    this.seen = new float[shape.bytes()];
    this.window = new PixelWindow(shape.height(), shape.width());
    this.features =
        Nd4j.createUninitialized(DataType.FLOAT, layout.shape(images, shape), Nd4j.order());
    this.labels = Nd4j.createUninitialized(DataType.FLOAT, images);
  }

  void fill(BatchRows rows, ImageDecoder decoder) {
    count = rows.count();
    HostVector.of(features).fill(values -> fillFeatures(rows, decoder, values));
    HostVector.of(labels).fill(values -> fillLabels(rows, values));
  }

  private void fillFeatures(BatchRows rows, ImageDecoder decoder, FloatBuffer values) {
    Augmentation augmentation = decoder.augmentation();
    long key = augmentation.key(rows.epoch());
    window.whole();
    for (int i = 0; i < count; i++) {
      PixelImages.pixels(rows.rows(i)).copy(rows.index(i), pixels, 0);
      if (!augmentation.isNone()) {
        augmentation.place(key, rows.number(i), window);
      }
      decoder.scale().apply(pixels, window, decoder.layout(), seen);
      values.put(i * seen.length, seen);
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
