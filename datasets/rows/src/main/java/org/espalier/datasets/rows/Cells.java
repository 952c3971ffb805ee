package org.espalier.datasets.rows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The values of a column that vary in length: contiguous bytes, and where each value begins. */
record Cells(byte[] values, int[] offsets) implements ColumnValues {
  int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  /** The bytes of a row, read-only and little-endian. */
  ByteBuffer at(int row) {
    return ByteBuffer.wrap(values, offsets[row], length(row))
        .slice()
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public long bytes() {
    return values.length + (long) Integer.BYTES * offsets.length;
  }
}
