package org.espalier.engine.layer;

import java.util.Arrays;
import org.espalier.engine.kernel.ConvolutionShape;

/**
 * How a linear layer reads its input: as rows that a matrix is applied to, or as images that are
 * convolved.
 *
 * @param inputShape of the batch
 * @param resultShape of what the layer makes of it
 * @param rows rows of the result, each as wide as the layer has outputs
 * @param sharing rows of the result that share their noise (the paper's released code)
 * @param convolution the convolution, or null for a product
 */
record Geometry(
    Extent inputShape, Extent resultShape, int rows, int sharing, ConvolutionShape convolution) {
  private static final int IMAGES = 4;

  /** Sizes of an array. */
  record Extent(java.util.List<Long> sizes) {
    static Extent of(long... sizes) {
      return new Extent(Arrays.stream(sizes).boxed().toList());
    }

    long[] array() {
      long[] array = new long[sizes.size()];
      for (int axis = 0; axis < array.length; axis++) {
        array[axis] = sizes.get(axis);
      }
      return array;
    }

    long product() {
      return sizes.stream().reduce(1L, Math::multiplyExact);
    }
  }

  /** Whether this is how arrays of such a shape are read. */
  boolean reads(long[] shape) {
    if (shape.length != inputShape.sizes().size()) {
      return false;
    }
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] != inputShape.sizes().get(axis)) {
        return false;
      }
    }
    return true;
  }

  /** Rows of a matrix, which may be positions of sequences or whole images. */
  static Geometry dense(String layer, long[] input, int in, int out) {
    long length = Arrays.stream(input).reduce(1, Math::multiplyExact);
    if (input.length < 2 || length == 0) {
      throw refused(layer, input, in);
    }
    if (input.length == IMAGES && length / input[0] == in) {
      return images(input, out);
    }
    if (input[input.length - 1] == in) {
      long[] result = input.clone();
      result[result.length - 1] = out;
      int rows = Math.toIntExact(length / in);
      int sharing = input.length > 2 ? Math.toIntExact(rows / input[0]) : 1;
      return new Geometry(Extent.of(input), Extent.of(result), rows, sharing, null);
    }
    if (length / input[0] == in) {
      return images(input, out);
    }
    throw refused(layer, input, in);
  }

  private static Geometry images(long[] input, int out) {
    return new Geometry(
        Extent.of(input), Extent.of(input[0], out), Math.toIntExact(input[0]), 1, null);
  }

  /** Images, channels last. */
  static Geometry convolution(String layer, long[] input, ConvolutionShape oneImage) {
    if (input.length != 4 || input[0] < 1 || input[3] != oneImage.inputs()) {
      throw new IllegalArgumentException(
          "Cannot run layer %s on an array of shape %s: it takes [batch, height, width, %d] with at least one image."
              .formatted(layer, Arrays.toString(input), oneImage.inputs()));
    }
    ConvolutionShape shape =
        new ConvolutionShape(
            Math.toIntExact(input[0]),
            Math.toIntExact(input[1]),
            Math.toIntExact(input[2]),
            oneImage.inputs(),
            oneImage.outputs(),
            oneImage.kernelHeight(),
            oneImage.kernelWidth(),
            oneImage.stride(),
            oneImage.padding());
    Extent result = Extent.of(input[0], shape.resultHeight(), shape.resultWidth(), shape.outputs());
    int rows = shape.batch() * shape.resultHeight() * shape.resultWidth();
    return new Geometry(Extent.of(input), result, rows, 1, shape);
  }

  int resultLength() {
    return Math.toIntExact(resultShape.product());
  }

  int inputLength() {
    return Math.toIntExact(inputShape.product());
  }

  private static IllegalArgumentException refused(String layer, long[] input, int in) {
    return new IllegalArgumentException(
        "Cannot run layer %s on an array of shape %s: it takes [batch, %d] with at least one row, or more dimensions of which the last or all but the first hold %d values."
            .formatted(layer, Arrays.toString(input), in, in));
  }
}
