package org.espalier.datasets.rows;

import java.io.Serializable;

/**
 * A kind of data: the schema of its rows, and what their values must be. One class per kind; it
 * also says how one row is made, and gives the typed view of rows that were read. An immutable
 * value whose {@code toString} completes "it holds ...".
 */
public interface RowKind extends Serializable {
  /** The schema of this dataset's rows. */
  RowSchema schema();

  /**
   * Checks a row group, before it is written and after it was read.
   *
   * @throws IllegalArgumentException with a reason fit to follow a colon, such as {@code it has the
   *     label 12 instead of 0 to 9}
   */
  void check(Rows rows);

  /** Whether a network that was trained on such rows can be judged by those of another kind. */
  default boolean accepts(RowKind other) {
    return equals(other);
  }
}
