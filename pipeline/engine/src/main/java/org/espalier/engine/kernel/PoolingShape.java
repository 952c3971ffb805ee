package org.espalier.engine.kernel;

/**
 * The shape of a maximum over windows that do not overlap: images `[batch, height, width,
 * channels]`, result `[batch, height / size, width / size, channels]`; rows and columns that fill
 * no window are left out.
 *
 * @param batch number of images
 * @param height of an image
 * @param width of an image
 * @param channels of an image
 * @param size of a window, and distance of two, in both directions
 */
public record PoolingShape(int batch, int height, int width, int channels, int size) {
  /** Checks that a window fits. */
  public PoolingShape {
    if (batch < 1 || channels < 1 || size < 1 || height < size || width < size) {
      throw new IllegalArgumentException(
          "Cannot pool %d images of %d x %d x %d in windows of %d: all must be at least 1 and a window must fit."
              .formatted(batch, height, width, channels, size));
    }
  }

  /** Rows of the result. */
  public int resultHeight() {
    return height / size;
  }

  /** Columns of the result. */
  public int resultWidth() {
    return width / size;
  }

  /**
   * Checks operands.
   *
   * @throws IllegalArgumentException if one has not as many values as the shape asks for
   */
  public void require(Values images, Values result) {
    Chunked.requireLength(
        "the images", images, Math.multiplyExact(batch, height * width * channels));
    Chunked.requireLength(
        "the result", result, Math.multiplyExact(batch, resultHeight() * resultWidth() * channels));
  }
}
