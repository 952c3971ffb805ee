package org.espalier.datasets;

import java.io.Serializable;

/**
 * The shape {@code [channels, height, width]} of every image of a dataset, one unsigned byte per
 * value, in this order.
 */
public record ImageShape(int channels, int height, int width) implements Serializable {

  /**
   * @throws IllegalArgumentException if a size is below 1 or an image exceeds 2^31 - 1 bytes
   */
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Cannot have images of " + text(channels, height, width) + ": sizes must be at least 1");
    }
    if ((double) channels * height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Cannot have images of "
              + text(channels, height, width)
              + ": an image must not exceed 2147483647 bytes");
    }
  }

  /** The bytes of one image. */
  public int bytes() {
    return channels * height * width;
  }

  /** For example {@code 1x28x28}. */
  @Override
  public String toString() {
    return text(channels, height, width);
  }

  private static String text(int channels, int height, int width) {
    return channels + "x" + height + "x" + width;
  }
}
