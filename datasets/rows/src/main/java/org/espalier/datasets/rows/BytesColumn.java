package org.espalier.datasets.rows;

import java.nio.ByteBuffer;

/** A column of bytes. */
public final class BytesColumn {
  private final Cells cells;

  BytesColumn(Cells cells) {
    this.cells = cells;
  }

  /** The number of bytes of a row. */
  public int length(int row) {
    return cells.length(row);
  }

  /** Copies all bytes of a row to {@code into} from {@code at}. */
  public void copy(int row, byte[] into, int at) {
    System.arraycopy(cells.values(), cells.offsets()[row], into, at, cells.length(row));
  }

  /** The bytes of a row, read-only. */
  public ByteBuffer at(int row) {
    return cells.at(row);
  }
}
