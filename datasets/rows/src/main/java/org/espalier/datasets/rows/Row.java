package org.espalier.datasets.rows;

import java.util.List;

/**
 * One row on its way into a dataset.
 *
 * @param values in the order of the schema's columns, each of the class that its {@link ColumnType}
 *     names
 */
public record Row(List<Object> values) {
  /** A row of these values, which are looked at until the row is taken and not copied. */
  public static Row of(Object... values) {
    return new Row(List.of(values));
  }
}
