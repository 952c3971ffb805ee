package org.espalier.tasks.classification;

import java.io.Serializable;
import java.nio.FloatBuffer;

/**
 * How stored pixels become what a network sees: {@code pixel / divisor - mean}. Immutable.
 *
 * @param divisor what pixels of 0 ... 255 are divided by
 * @param mean subtracted from every image, `[channels * height * width]` in units of the network's
 *     input; empty where nothing is
 */
public record PixelScale(int divisor, float[] mean) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Pixels divided, and nothing subtracted. */
  public static PixelScale dividing(int divisor) {
    return new PixelScale(divisor, new float[0]);
  }

  /** Fills `[batch, channels * height * width]`. */
  void apply(byte[] pixels, FloatBuffer values) {
    float scale = 1f / divisor;
    if (mean.length == 0) {
      for (int i = 0; i < pixels.length; i++) {
        values.put(i, (pixels[i] & 0xFF) * scale);
      }
      return;
    }
    for (int first = 0; first < pixels.length; first += mean.length) {
      for (int i = 0; i < mean.length; i++) {
        values.put(first + i, (pixels[first + i] & 0xFF) * scale - mean[i]);
      }
    }
  }
}
