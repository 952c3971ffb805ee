package org.espalier.datasets.prepare;

import java.io.Serializable;
import org.espalier.datasets.rows.RowsBuilder;

/**
 * Where row groups end: after the row that reaches one of two bounds. A row group is what a worker
 * reads and keeps as one piece.
 *
 * @param rows at most
 * @param bytes of values before compression; the row that reaches them is the last
 */
record RowGroupSize(int rows, long bytes) implements Serializable {
  boolean isReached(RowsBuilder builder) {
    return builder.count() >= rows || builder.valueBytes() >= bytes;
  }
}
