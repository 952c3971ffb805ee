package org.espalier.engine.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vector of off-heap float32 or float64 numbers, which is what the kernels work on, or, on other
 * backends, a vector wherever ND4J keeps it, which is what its operations work on. A part shares
 * the memory of the whole. Whoever made the vector releases it; every use after that fails with a
 * sentence. The memory itself goes when nothing refers to it any more, so a mistake is never a
 * crash.
 */
public abstract sealed class Values permits FloatValues, DoubleValues, ArrayValues {
  Values() {}

  /**
   * The values of an ND4J array in the order of its buffer, valid as long as the array is open. The
   * array must be dense, in row-major or column-major order.
   *
   * @throws IllegalArgumentException if it is not, or is neither float32 nor float64
   */
  public static Values of(INDArray array) {
    Backend.requireCpu();
    requireFull(array);
    if (array.dataType() == DataType.FLOAT) {
      return FloatValues.view(array);
    }
    if (array.dataType() == DataType.DOUBLE) {
      return DoubleValues.view(array);
    }
    throw new IllegalArgumentException(
        "Cannot compute with %s values: the kernels take float32 and float64; cast the array first."
            .formatted(array.dataType()));
  }

  static void requireFull(INDArray array) {
    if (array.wasClosed()) {
      throw new IllegalStateException(
          "Cannot compute with an array that was closed; keep it open until the kernels are done.");
    }
    if (array.isEmpty() || array.length() == 0) {
      throw new IllegalArgumentException(
          "Cannot compute with an empty array of shape %s; give it at least one value."
              .formatted(java.util.Arrays.toString(array.shape())));
    }
    Density.require(array);
  }

  /** New float32 zeros, owned by the caller. */
  public static Values floats(int length) {
    return FloatValues.allocate(requireLength(length));
  }

  /** New float64 zeros, owned by the caller. */
  public static Values doubles(int length) {
    return DoubleValues.allocate(requireLength(length));
  }

  /** New zeros of the same type as these values, owned by the caller. */
  public abstract Values sameType(int length);

  /** Number of values. */
  public abstract int length();

  /**
   * Number of rows of so many columns.
   *
   * @throws IllegalArgumentException if the last row is not full
   */
  public final int rows(int columns) {
    if (length() % columns != 0) {
      throw new IllegalArgumentException(
          "Cannot read %d values as rows of %d: the last row is not full."
              .formatted(length(), columns));
    }
    return length() / columns;
  }

  /** The value at an index, as it is or widened. */
  public abstract double get(int index);

  /** Sets the value at an index, rounded to the vector's type. */
  public abstract void set(int index, double value);

  /** The {@code length} values from {@code from} on, in the same memory. */
  public abstract Values part(int from, int length);

  /** Ends the use of this memory; once more changes nothing. */
  public abstract void release();

  /** Copies {@code count} values, from {@code from} on, to others from {@code at} on. */
  public void copy(int from, Values to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to.set(at + i, get(from + i));
    }
  }

  /** Sets every value. */
  public void fill(double value) {
    for (int i = 0; i < length(); i++) {
      set(i, value);
    }
  }

  static int requireLength(int length) {
    if (length < 1) {
      throw new IllegalArgumentException(
          "Cannot hold %d values: there must be at least 1; an empty batch has nothing to compute."
              .formatted(length));
    }
    return length;
  }

  static void requirePart(int from, int length, int whole) {
    if (from < 0 || length < 1 || from > whole - length) {
      throw new IllegalArgumentException(
          "Cannot take %d values from index %d of %d: they must lie inside."
              .formatted(length, from, whole));
    }
  }

  static IllegalStateException released() {
    return new IllegalStateException(
        "Cannot use values after they were released; release them when the last kernel is done.");
  }
}
