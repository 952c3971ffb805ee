package org.espalier.engine.kernel;

/**
 * The shape of a 2-D convolution: images `[batch, height, width, inputs]`, kernels `[outputs,
 * inputs, kernelHeight, kernelWidth]`, result `[batch, resultHeight, resultWidth, outputs]`, all
 * row-major.
 *
 * @param batch number of images
 * @param height of an image
 * @param width of an image
 * @param inputs channels of an image
 * @param outputs channels of the result
 * @param kernelHeight rows of a kernel
 * @param kernelWidth columns of a kernel
 * @param stride distance of two windows, in both directions
 * @param padding zeros around an image, on each side
 */
public record ConvolutionShape(
    int batch,
    int height,
    int width,
    int inputs,
    int outputs,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int padding) {
  /** Checks that at least one window fits. */
  public ConvolutionShape {
    if (batch < 1) {
      throw new IllegalArgumentException(
          "Cannot convolve a batch of %d images: there must be at least 1.".formatted(batch));
    }
    if (inputs < 1 || outputs < 1 || kernelHeight < 1 || kernelWidth < 1 || stride < 1) {
      throw new IllegalArgumentException(
          "Cannot convolve %d channels into %d by kernels of %d x %d at a stride of %d: all must be at least 1."
              .formatted(inputs, outputs, kernelHeight, kernelWidth, stride));
    }
    if (padding < 0 || height + 2 * padding < kernelHeight || width + 2 * padding < kernelWidth) {
      throw new IllegalArgumentException(
          "Cannot convolve images of %d x %d, padded by %d, by kernels of %d x %d: no window fits."
              .formatted(height, width, padding, kernelHeight, kernelWidth));
    }
  }

  /** Rows of the result. */
  public int resultHeight() {
    return (height + 2 * padding - kernelHeight) / stride + 1;
  }

  /** Columns of the result. */
  public int resultWidth() {
    return (width + 2 * padding - kernelWidth) / stride + 1;
  }

  /** Number of values of the images. */
  public int imageLength() {
    return Math.multiplyExact(batch, height * width * inputs);
  }

  /** Number of values of the kernels. */
  public int kernelLength() {
    return outputs * inputs * kernelHeight * kernelWidth;
  }

  /** Number of values of the result. */
  public int resultLength() {
    return Math.multiplyExact(batch, resultHeight() * resultWidth() * outputs);
  }

  ConvolutionShape withBatch(int images) {
    return new ConvolutionShape(
        images, height, width, inputs, outputs, kernelHeight, kernelWidth, stride, padding);
  }

  /**
   * Checks operands.
   *
   * @throws IllegalArgumentException if one has not as many values as the shape asks for
   */
  public void require(Values images, Values kernels, Values result) {
    Chunked.requireLength("the images", images, imageLength());
    Chunked.requireLength("the kernels", kernels, kernelLength());
    Chunked.requireLength("the result", result, resultLength());
  }
}
