package org.espalier.tasks.classification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.function.IntUnaryOperator;
import org.espalier.datasets.ImageShape;
import org.espalier.engine.operations.HostVector;
import org.espalier.tasks.Minibatch;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A minibatch of images as the arrays of a network: values in the network's layout, and labels as
 * class numbers `[batch]`. The arrays are filled again for every batch. Used by one thread at a
 * time.
 */
final class ImageArrays implements Minibatch, AutoCloseable {
  private final float[] seen;
  private final INDArray features;
  private final INDArray labels;
  private int count;

  /** The images of a batch. */
  @FunctionalInterface
  interface Images {
    /** Writes the values of the {@code i}-th in the order of the layout. */
    void read(int i, float[] values) throws IOException;
  }

  /** Arrays for batches of at most this many images. */
  ImageArrays(int images, ImageShape shape, PixelLayout layout) {
    this.seen = new float[shape.bytes()];
    this.features =
        Nd4j.createUninitialized(DataType.FLOAT, layout.shape(images, shape), Nd4j.order());
    this.labels = Nd4j.createUninitialized(DataType.FLOAT, images);
  }

  /**
   * Fills the arrays with a batch.
   *
   * @param images number of images
   * @param classes the class of the {@code i}-th
   * @throws IOException if an image cannot be read
   */
  void fill(int images, Images of, IntUnaryOperator classes) throws IOException {
    count = images;
    try {
      HostVector.of(features).fill(values -> fillFeatures(of, values));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    HostVector.of(labels).fill(values -> fillLabels(classes, values));
  }

  private void fillFeatures(Images of, FloatBuffer values) {
    for (int i = 0; i < count; i++) {
      try {
        of.read(i, seen);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      values.put(i * seen.length, seen);
    }
  }

  private void fillLabels(IntUnaryOperator classes, FloatBuffer values) {
    for (int i = 0; i < count; i++) {
      values.put(i, classes.applyAsInt(i));
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
