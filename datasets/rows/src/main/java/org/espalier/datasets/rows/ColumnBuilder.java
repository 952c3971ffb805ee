package org.espalier.datasets.rows;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects the values of one column, in arrays that grow. */
abstract sealed class ColumnBuilder {
  private static final int FIRST_LENGTH = 64;

  /** The longest array that every JVM can make. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  int count;

  int count() {
    return count;
  }

  void add(int value) {
    throw new IllegalStateException("This column takes bytes");
  }

  void add(ByteBuffer bytes) {
    throw new IllegalStateException("This column takes numbers");
  }

  /** The bytes of the values alone. */
  abstract long valueBytes();

  /** The values so far; none is left here. */
  abstract ColumnValues build();

  /** The length of the next array where one must hold {@code needed} elements. */
  private static int grown(int needed) {
    return (int) Math.min(LARGEST, 2L * needed);
  }

  static final class OfInts extends ColumnBuilder {
    private int[] values = new int[FIRST_LENGTH];

    @Override
    void add(int value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, grown(count + 1));
      }
      values[count++] = value;
    }

    @Override
    long valueBytes() {
      return (long) Integer.BYTES * count;
    }

    @Override
    ColumnValues build() {
      IntColumn built = new IntColumn(Arrays.copyOf(values, count));
      count = 0;
      return built;
    }
  }

  static final class OfCells extends ColumnBuilder {
    private final ColumnType type;
    private byte[] values = new byte[FIRST_LENGTH];
    private int[] offsets = new int[FIRST_LENGTH];

    OfCells(ColumnType type) {
      this.type = type;
    }

    @Override
    void add(ByteBuffer bytes) {
      int from = offsets[count];
      int length = bytes.remaining();
      if (from > LARGEST - length) {
        throw new IllegalArgumentException(
            "it has more than " + LARGEST + " bytes in a column of " + type.label());
      }
      if (from + length > values.length) {
        values = Arrays.copyOf(values, grown(from + length));
      }
      if (count + 2 > offsets.length) {
        offsets = Arrays.copyOf(offsets, grown(count + 2));
      }
      bytes.get(values, from, length);
      count++;
      offsets[count] = from + length;
    }

    @Override
    long valueBytes() {
      return offsets[count];
    }

    @Override
    ColumnValues build() {
      Cells built =
          new Cells(Arrays.copyOf(values, offsets[count]), Arrays.copyOf(offsets, count + 1));
      count = 0;
      return built;
    }
  }
}
