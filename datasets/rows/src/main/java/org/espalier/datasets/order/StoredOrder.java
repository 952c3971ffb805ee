package org.espalier.datasets.order;

import java.io.Serializable;
import org.espalier.datasets.RowRange;

/**
 * Rows in their stored order, as evaluation reads them: step s has the rows from {@code
 * range.from() + s * batch} on, and the last batch may be short.
 *
 * @param range of the split
 * @param batch the most rows of a batch, at least 1
 */
public record StoredOrder(RowRange range, int batch) implements BatchOrder, Serializable {
  /**
   * @throws IllegalArgumentException if a batch has no rows
   */
  public StoredOrder {
    if (batch < 1) {
      throw new IllegalArgumentException(
          "Cannot read batches of " + batch + " rows: they must have at least 1");
    }
  }

  /** Number of batches. */
  public long batches() {
    return (range.rows() + batch - 1) / batch;
  }

  @Override
  public boolean has(long step) {
    return step >= 0 && step < batches();
  }

  @Override
  public int rows(long step, long[] rows) {
    if (!has(step)) {
      throw new IllegalArgumentException(
          "Cannot read batch " + step + ": they are numbered 0 to " + (batches() - 1));
    }
    long first = range.from() + step * batch;
    int count = (int) Math.min(batch, range.to() - first);
    for (int i = 0; i < count; i++) {
      rows[i] = first + i;
    }
    return count;
  }

  @Override
  public long epoch(long step) {
    return 0;
  }

  @Override
  public long window(long step) {
    return step;
  }
}
