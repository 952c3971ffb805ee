package org.espalier.engine.kernel.maps;

/**
 * The shape of a convolution of feature maps by square kernels `[outputs, inputs, size, size]`.
 *
 * @param height of what is convolved, in pixels
 * @param width of what is convolved, in pixels
 * @param size rows and columns of a kernel
 * @param stride distance of two windows, in both directions
 * @param padding zeros around an image, on each side
 */
public record MapConvolutionShape(int height, int width, int size, int stride, int padding) {
  /** Checks that a window fits, and reaches no further than the padding. */
  public MapConvolutionShape {
    if (size < 1 || stride < 1 || padding < 0 || padding >= size) {
      throw new IllegalArgumentException(
          "Cannot convolve by kernels of %d x %d at a stride of %d with a padding of %d: size and stride must be at least 1, the padding less than the size."
              .formatted(size, size, stride, padding));
    }
    if (height + 2 * padding < size || width + 2 * padding < size) {
      throw new IllegalArgumentException(
          "Cannot convolve images of %d x %d, padded by %d, by kernels of %d x %d: no window fits."
              .formatted(height, width, padding, size, size));
    }
  }

  /** Rows of the result. */
  public int resultHeight() {
    return results(height);
  }

  /** Columns of the result. */
  public int resultWidth() {
    return results(width);
  }

  /** Whether a kernel is a single weight that meets every pixel. */
  public boolean isPointwise() {
    return size == 1 && stride == 1;
  }

  /** Number of a kernel's elements. */
  public int elements() {
    return size * size;
  }

  /** A layout of what is convolved in which every element of a kernel is a distance. */
  public MapLayout images(int batch, int channels) {
    if (isPointwise()) {
      return MapLayout.compact(batch, channels, height, width);
    }
    int behind = shares() ? padding : 0;
    return MapLayout.of(
        batch,
        channels,
        height,
        width,
        stride,
        padding,
        Math.max(reach(height), held(height)),
        cells(),
        behind);
  }

  /** A layout of the results in which, going back, every element of a kernel is a distance. */
  public MapLayout results(int batch, int channels) {
    if (isPointwise()) {
      return MapLayout.compact(batch, channels, height, width);
    }
    int before = Math.max(before(height), before(width));
    int lines = before + resultHeight() + behind(height);
    return MapLayout.of(
        batch, channels, resultHeight(), resultWidth(), 1, before, lines, cells(), before);
  }

  private int results(int length) {
    return (length + 2 * padding - size) / stride + 1;
  }

  /** Whether the zeros behind a row are those before the next. */
  private boolean shares() {
    return stride == 1;
  }

  /** Columns of a phase, the same for images and results, so that rows can be taken together. */
  private int cells() {
    int ofImages = shares() ? width + padding : Math.max(reach(width), held(width));
    int around = Math.max(before(width), behind(width));
    return Math.max(ofImages, resultWidth() + around);
  }

  /** Places of a phase that windows reach. */
  private int reach(int length) {
    return results(length) + (size - 1) / stride;
  }

  /** Places of a phase that pixels take, zeros before them counted. */
  private int held(int length) {
    return (length - 1 + padding) / stride + 1;
  }

  /** Places before the first result that a pixel is met from. */
  private int before(int length) {
    int before = 0;
    for (int pixel = 0; pixel < Math.min(length, size); pixel++) {
      for (int element = (pixel + padding) % stride; element < size; element += stride) {
        before = Math.max(before, element / stride - (pixel + padding) / stride);
      }
    }
    return before;
  }

  /** Places behind the last result that a pixel is met from. */
  private int behind(int length) {
    int behind = 0;
    for (int pixel = Math.max(0, length - size); pixel < length; pixel++) {
      for (int element = (pixel + padding) % stride; element < size; element += stride) {
        int result = (pixel + padding) / stride - element / stride;
        behind = Math.max(behind, result - (results(length) - 1));
      }
    }
    return behind;
  }
}
