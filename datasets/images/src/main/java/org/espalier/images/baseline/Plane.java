package org.espalier.images.baseline;

import java.util.Arrays;

/**
 * One component of an image: {@code [height, stride]} samples around 0, as JPEG transforms them.
 * Its memory is used again. Used by one thread.
 */
public final class Plane {
  private float[] samples = {};
  private int width;
  private int height;
  private int stride;

  /** Makes room. Samples are undefined afterwards. */
  void shape(int newWidth, int newHeight, int newStride) {
    int length = Math.multiplyExact(newHeight, newStride);
    if (samples.length < length) {
      samples = new float[length];
    }
    width = newWidth;
    height = newHeight;
    stride = newStride;
  }

  /** Makes a plane of zeros. */
  void clear(int newWidth, int newHeight) {
    shape(newWidth, newHeight, newWidth);
    Arrays.fill(samples, 0, newWidth * newHeight, 0);
  }

  /** Samples in a row that belong to the image. */
  public int width() {
    return width;
  }

  /** Rows that belong to the image. */
  public int height() {
    return height;
  }

  int stride() {
    return stride;
  }

  /** The samples, row by row. */
  float[] samples() {
    return samples;
  }

  /** The samples of a smaller plane take the place of this one's rows. */
  void narrow(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
  }
}
