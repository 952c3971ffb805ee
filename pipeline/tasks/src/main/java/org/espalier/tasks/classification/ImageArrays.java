package org.espalier.tasks.classification;

import java.nio.FloatBuffer;
import org.espalier.datasets.ImageShape;
import org.espalier.engine.kernel.OffHeap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A minibatch of images as the arrays of a network: pixels scaled, labels one-hot. The arrays are
 * filled again for every batch. Used by one thread at a time.
 */
final class ImageArrays implements AutoCloseable {
  private final byte[] pixels;
  private final int[] labels;
  private final INDArray features;
  private final INDArray oneHot;
  private final MultiDataSet batch;
  private final PixelScale scale;

  ImageArrays(int size, ImageShape image, int classes, InputLayout layout, PixelScale scale) {
    this.scale = scale;
    this.pixels = new byte[Math.multiplyExact(size, image.bytes())];
    this.labels = new int[size];
    this.features = Nd4j.createUninitialized(DataType.FLOAT, layout.shape(size, image));
    this.oneHot = Nd4j.create(DataType.FLOAT, size, classes);
    this.batch =
        new org.nd4j.linalg.dataset.MultiDataSet(
            new INDArray[] {features}, new INDArray[] {oneHot});
  }

  /** Receives `[batch, channels, height, width]`, unsigned. */
  byte[] pixels() {
    return pixels;
  }

  /** Receives `[batch]`. */
  int[] labels() {
    return labels;
  }

  /** What was received, as arrays that are valid until the next call. */
  MultiDataSet batch() {
    scale.apply(pixels, OffHeap.view(features));
    FloatBuffer classes = OffHeap.view(oneHot);
    int count = classes.capacity() / labels.length;
    for (int i = 0; i < labels.length; i++) {
      for (int c = 0; c < count; c++) {
        classes.put(i * count + c, c == labels[i] ? 1f : 0f);
      }
    }
    return batch;
  }

  @Override
  public void close() {
    features.close();
    oneHot.close();
  }
}
