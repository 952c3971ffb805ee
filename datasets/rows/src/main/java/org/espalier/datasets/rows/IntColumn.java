package org.espalier.datasets.rows;

/** A column of int32. */
public final class IntColumn implements ColumnValues {
  private final int[] values;

  /** Takes ownership of the array. */
  IntColumn(int[] values) {
    this.values = values;
  }

  /** The value of a row. */
  public int at(int row) {
    return values[row];
  }

  @Override
  public long bytes() {
    return (long) Integer.BYTES * values.length;
  }
}
