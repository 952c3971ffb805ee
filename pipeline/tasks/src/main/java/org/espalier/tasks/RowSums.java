package org.espalier.tasks;

import java.io.Serializable;
import org.espalier.datasets.rows.Rows;

/**
 * Whole numbers that are summed over the rows of a split, so that the sums are the same on every
 * cluster. An immutable value.
 */
@FunctionalInterface
public interface RowSums extends Serializable {
  /** The sums over the rows of one row group; equally many for each. */
  long[] of(Rows rows);
}
