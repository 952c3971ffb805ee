package org.espalier.datasets.rows;

/** The values of one column in memory. */
sealed interface ColumnValues permits Cells, IntColumn {
  /** The memory that they take. */
  long bytes();
}
