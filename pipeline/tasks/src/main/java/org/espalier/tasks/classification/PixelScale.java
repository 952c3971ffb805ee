package org.espalier.tasks.classification;

import java.io.Serializable;
import java.nio.FloatBuffer;
import org.espalier.tasks.SplitSums;

/**
 * How stored pixels become what a network sees: {@code pixel / divisor - mean}. Immutable.
 *
 * @param divisor what pixels of 0 ... 255 are divided by
 * @param mean subtracted from every image, `[channels * height * width]` in units of the network's
 *     input; empty where nothing is
 */
record PixelScale(int divisor, float[] mean) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Pixels divided, and nothing subtracted. */
  static PixelScale dividing(int divisor) {
    return new PixelScale(divisor, new float[0]);
  }

  /** Pixels divided, and the mean of all images subtracted. */
  static PixelScale centred(int divisor, SplitSums pixels) {
    float[] mean = new float[pixels.sums().length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (pixels.sums()[i] / ((double) pixels.rows() * divisor));
    }
    return new PixelScale(divisor, mean);
  }

  /**
   * Writes the pixels of one image, `[channels * height * width]`, to {@code values} from {@code
   * at}.
   */
  void apply(byte[] pixels, FloatBuffer values, int at) {
    float scale = 1f / divisor;
    for (int i = 0; i < pixels.length; i++) {
      float value = (pixels[i] & 0xFF) * scale;
      values.put(at + i, mean.length == 0 ? value : value - mean[i]);
    }
  }
}
