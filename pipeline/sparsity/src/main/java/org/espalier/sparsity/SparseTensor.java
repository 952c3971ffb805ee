package org.espalier.sparsity;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A tensor that may be sparsified: its name, its shape, what the shape's dimensions mean, and where
 * it lies in the flat parameter vector.
 *
 * <p>An index <em>inside</em> the tensor is the position in the flat vector minus {@link #offset};
 * masks, scores and tie-breaks use that index. Biases and normalisation parameters are not sparse
 * tensors and are simply not listed. Immutable.
 */
public final class SparseTensor implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final WeightLayout layout;
  private final int[] shape;
  private final int offset;
  private final int length;

  /**
   * A tensor of the given shape at {@code offset} in the flat vector.
   *
   * @param name unique within the network, for example {@code conv1/W}
   * @param layout what the dimensions of {@code shape} mean
   * @param offset position of the first weight, at least 0
   * @param shape every dimension at least 1, in the layout's order
   * @throws IllegalArgumentException if the shape does not fit the layout or the vector's indices
   */
  public SparseTensor(String name, WeightLayout layout, int offset, int... shape) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("Cannot make a sparse tensor without a name");
    }
    if (shape.length != layout.rank()) {
      throw new IllegalArgumentException(
          "Cannot read the shape "
              + Arrays.toString(shape)
              + " of "
              + name
              + " as ["
              + layout
              + "]: it must have "
              + layout.rank()
              + " dimensions");
    }
    if (offset < 0) {
      throw new IllegalArgumentException(
          "Cannot place " + name + " at offset " + offset + ": it must be at least 0");
    }
    this.name = name;
    this.layout = layout;
    this.shape = shape.clone();
    this.offset = offset;
    this.length = product(name, this.shape, offset);
  }

  private static int product(String name, int[] shape, int offset) {
    long length = 1;
    for (int size : shape) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "Cannot use the shape "
                + Arrays.toString(shape)
                + " of "
                + name
                + ": every dimension must be at least 1");
      }
      length *= size;
      if (offset + length > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Cannot place "
                + name
                + " with shape "
                + Arrays.toString(shape)
                + " at offset "
                + offset
                + ": it ends beyond the 2147483647 entries of a flat vector");
      }
    }
    return (int) length;
  }

  /** Unique within the network. */
  public String name() {
    return name;
  }

  /** What the dimensions of {@link #shape} mean. */
  public WeightLayout layout() {
    return layout;
  }

  /** A copy of the shape, outermost dimension first. */
  public int[] shape() {
    return shape.clone();
  }

  /** Position of the first weight in the flat parameter vector. */
  public int offset() {
    return offset;
  }

  /** Number of weights, at least 1. */
  public int length() {
    return length;
  }

  /** Units or channels that the tensor computes: rows of its matrix [outputs, inputs]. */
  public int outputs() {
    return layout.outputs(shape);
  }

  /** Units or channels that one output reads, without a convolution's window. */
  public int inputs() {
    return layout.inputs(shape);
  }

  /** Weights of one output: columns of its matrix, window times inputs for a convolution. */
  public int columns() {
    return length / outputs();
  }

  /** The end (exclusive) of the tensor in the flat parameter vector. */
  public int end() {
    return offset + length;
  }

  int[] columnIndices() {
    return layout.columnIndices(shape);
  }

  int rowStride() {
    return layout.rowStride(shape);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseTensor that
        && name.equals(that.name)
        && layout == that.layout
        && offset == that.offset
        && Arrays.equals(shape, that.shape);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + offset;
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape) + "@" + offset;
  }
}
