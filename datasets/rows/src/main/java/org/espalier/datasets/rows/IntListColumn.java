package org.espalier.datasets.rows;

/** A column of lists of int32. */
public final class IntListColumn {
  private final Cells cells;

  IntListColumn(Cells cells) {
    this.cells = cells;
  }

  /** The number of values of a row. */
  public int length(int row) {
    return cells.length(row) / Integer.BYTES;
  }

  /** Copies all values of a row to {@code into} from {@code at}. */
  public void copy(int row, int[] into, int at) {
    cells.at(row).asIntBuffer().get(into, at, length(row));
  }

  /** The values of a row. */
  public int[] at(int row) {
    int[] values = new int[length(row)];
    copy(row, values, 0);
    return values;
  }
}
