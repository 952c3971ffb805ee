package org.espalier.sparsity;

import java.util.Locale;

/**
 * What the dimensions of a tensor's shape mean, outermost first; the last one is contiguous in the
 * flat parameter vector. It says how a mask reads as the matrix [outputs, inputs] that sparse
 * kernels and {@code .smtx} files use.
 *
 * <p>The columns of that matrix run through a convolution's window row by row and through the input
 * channels fastest: column = (row of the window * width + column of the window) * inputs + input,
 * as in the released masks of "The State of Sparsity" (Deep Learning Matrix Collection, Gale et al.
 * 2020).
 */
public enum WeightLayout {
  /** A fully connected weight [outputs, inputs], or ND4J's column-major [inputs, outputs]. */
  OUT_IN("oi"),
  /** A fully connected weight [inputs, outputs]. */
  IN_OUT("io"),
  /** A convolution's kernel [outputs, inputs, height, width]. */
  OUT_IN_HEIGHT_WIDTH("oihw"),
  /** A convolution's kernel [outputs, height, width, inputs]. */
  OUT_HEIGHT_WIDTH_IN("ohwi"),
  /** A convolution's kernel [height, width, inputs, outputs]. */
  HEIGHT_WIDTH_IN_OUT("hwio");

  private final String axes;

  WeightLayout(String axes) {
    this.axes = axes;
  }

  int rank() {
    return axes.length();
  }

  int outputs(int[] shape) {
    return size(shape, 'o');
  }

  int inputs(int[] shape) {
    return size(shape, 'i');
  }

  /** The flat index, within the tensor, of every column of row 0; see {@link #rowStride}. */
  int[] columnIndices(int[] shape) {
    int height = size(shape, 'h');
    int width = size(shape, 'w');
    int inputs = inputs(shape);
    int[] indices = new int[height * width * inputs];
    int column = 0;
    for (int h = 0; h < height; h++) {
      for (int w = 0; w < width; w++) {
        for (int i = 0; i < inputs; i++) {
          indices[column++] =
              h * stride(shape, 'h') + w * stride(shape, 'w') + i * stride(shape, 'i');
        }
      }
    }
    return indices;
  }

  /** How far apart, in the flat vector, the same column of two neighbouring rows is. */
  int rowStride(int[] shape) {
    return stride(shape, 'o');
  }

  private int size(int[] shape, char axis) {
    int at = axes.indexOf(axis);
    return at < 0 ? 1 : shape[at];
  }

  private int stride(int[] shape, char axis) {
    int at = axes.indexOf(axis);
    if (at < 0) {
      return 0;
    }
    int stride = 1;
    for (int i = at + 1; i < shape.length; i++) {
      stride *= shape[i];
    }
    return stride;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
