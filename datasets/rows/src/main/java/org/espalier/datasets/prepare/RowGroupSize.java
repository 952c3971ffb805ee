package org.espalier.datasets.prepare;

import java.io.Serializable;
import org.espalier.base.Refusal;
import org.espalier.datasets.rows.RowsBuilder;

/**
 * Where row groups end: after the row that reaches one of two bounds. A row group is what a worker
 * reads and keeps as one piece.
 *
 * @param rows at most
 * @param bytes of values before compression; the row that reaches them is the last
 */
public record RowGroupSize(int rows, long bytes) implements Serializable {
  private static final long BYTES_LIMIT = 1L << 30;

  /**
   * Checks the bounds that somebody asked for.
   *
   * @param name of the dataset
   * @throws Refusal if no row would fit, or a row group could not be kept as one piece
   */
  public void refuseImpossible(String name) {
    if (rows < 1) {
      throw new Refusal(
          "Cannot prepare "
              + name
              + " with "
              + rows
              + " rows per row group: a row group must not be empty; choose 1 row or more.");
    }
    if (bytes < 1 || bytes > BYTES_LIMIT) {
      throw new Refusal(
          "Cannot prepare "
              + name
              + " with "
              + bytes
              + " bytes per row group: a worker keeps it as one piece; choose 1 to "
              + BYTES_LIMIT
              + " bytes.");
    }
  }

  boolean isReached(RowsBuilder builder) {
    return builder.count() >= rows || builder.valueBytes() >= bytes;
  }
}
