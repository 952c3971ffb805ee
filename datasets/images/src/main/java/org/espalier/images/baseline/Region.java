package org.espalier.images.baseline;

/**
 * A rectangle of pixels.
 *
 * @param x of its first column
 * @param y of its first row
 * @param width at least 1
 * @param height at least 1
 */
public record Region(int x, int y, int width, int height) {
  /**
   * @throws IllegalArgumentException if it is empty or begins before the image
   */
  public Region {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "Cannot have a region of %dx%d pixels at (%d, %d): it must not be empty or begin before the image"
              .formatted(width, height, x, y));
    }
  }

  /** All of an image of this size. */
  public static Region all(int width, int height) {
    return new Region(0, 0, width, height);
  }

  /** The shorter side. */
  public int shortSide() {
    return Math.min(width, height);
  }

  /** Whether it ends inside an image of this size. */
  public boolean fits(int imageWidth, int imageHeight) {
    return x <= imageWidth - width && y <= imageHeight - height;
  }
}
