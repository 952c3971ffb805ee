package org.espalier.datasets.order;

import org.espalier.base.Mix64;
import org.espalier.datasets.RowGroupIndex;

/** The rows of a split in the order of one epoch before windows: its row groups permuted. */
final class EpochOrder {
  private final RowGroupIndex index;
  private final int[] groups;
  private final long[] starts;

  EpochOrder(RowGroupIndex index, long key) {
    this.index = index;
    groups = Mix64.permutation(index.groups(), key);
    starts = new long[groups.length + 1];
    for (int i = 0; i < groups.length; i++) {
      starts[i + 1] = starts[i] + index.rowsIn(groups[i]);
    }
  }

  /** The row at a position of the epoch. */
  long row(long position) {
    int low = 0;
    int high = groups.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return index.firstRow(groups[low]) + position - starts[low];
  }
}
