package org.espalier.sparsity;

import java.util.Arrays;
import org.espalier.base.Refusal;

/**
 * Where the kept weights of a matrix [outputs, inputs] are, in compressed sparse rows: the column
 * indices of row {@code r} are {@code columnIndices[rowOffsets[r] ... rowOffsets[r + 1] - 1]},
 * ascending.
 *
 * <p>This is what {@code .smtx} files hold and what sparse kernels read. How a tensor's mask reads
 * as such a matrix is said by its {@link WeightLayout}. Immutable.
 */
public final class CsrPattern {
  private final int columns;
  private final int[] rowOffsets;
  private final int[] columnIndices;

  /** Takes ownership of arrays that fulfil the class's contract. */
  CsrPattern(int columns, int[] rowOffsets, int[] columnIndices) {
    this.columns = columns;
    this.rowOffsets = rowOffsets;
    this.columnIndices = columnIndices;
  }

  /** The pattern of a tensor's mask, rows = outputs. */
  public static CsrPattern of(SparseTensor tensor, Mask mask) {
    requireSameLength(tensor, mask.length());
    int[] indexOfColumn = tensor.columnIndices();
    int[] rowOffsets = new int[tensor.outputs() + 1];
    int[] columnIndices = new int[mask.kept()];
    int count = 0;
    for (int row = 0; row < tensor.outputs(); row++) {
      int first = row * tensor.rowStride();
      for (int column = 0; column < indexOfColumn.length; column++) {
        if (mask.isKept(first + indexOfColumn[column])) {
          columnIndices[count++] = column;
        }
      }
      rowOffsets[row + 1] = count;
    }
    return new CsrPattern(indexOfColumn.length, rowOffsets, columnIndices);
  }

  /**
   * The mask of {@code tensor} with this pattern.
   *
   * @throws Refusal if the tensor's matrix has another shape
   */
  public Mask mask(SparseTensor tensor) {
    if (tensor.outputs() != rows() || tensor.columns() != columns) {
      throw new Refusal(
          "Cannot use a mask of "
              + rows()
              + " x "
              + columns
              + " weights for "
              + tensor.name()
              + ": its matrix [outputs, inputs] is "
              + tensor.outputs()
              + " x "
              + tensor.columns()
              + "; take the mask of the same tensor.");
    }
    int[] indexOfColumn = tensor.columnIndices();
    long[] words = new long[Mask.wordCount(tensor.length())];
    for (int row = 0; row < rows(); row++) {
      int first = row * tensor.rowStride();
      for (int k = rowOffsets[row]; k < rowOffsets[row + 1]; k++) {
        int index = first + indexOfColumn[columnIndices[k]];
        words[index >>> 6] |= 1L << index;
      }
    }
    return new Mask(words, tensor.length());
  }

  /** Number of rows: output units or channels. */
  public int rows() {
    return rowOffsets.length - 1;
  }

  /** Number of columns: weights of one output. */
  public int columns() {
    return columns;
  }

  /** Number of kept weights. */
  public int nonZeros() {
    return columnIndices.length;
  }

  /** The {@code rows + 1} positions where rows start among the column indices; a copy. */
  public int[] rowOffsets() {
    return rowOffsets.clone();
  }

  /** The columns of the kept weights, row after row; a copy. */
  public int[] columnIndices() {
    return columnIndices.clone();
  }

  int rowOffset(int row) {
    return rowOffsets[row];
  }

  int columnIndex(int k) {
    return columnIndices[k];
  }

  private static void requireSameLength(SparseTensor tensor, int length) {
    if (tensor.length() != length) {
      throw new IllegalArgumentException(
          "Cannot read a mask of " + length + " weights as " + tensor + ": the lengths differ");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CsrPattern that
        && columns == that.columns
        && Arrays.equals(rowOffsets, that.rowOffsets)
        && Arrays.equals(columnIndices, that.columnIndices);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(columnIndices) + columns;
  }

  @Override
  public String toString() {
    return "CsrPattern[" + rows() + " x " + columns + ", " + nonZeros() + " kept]";
  }
}
