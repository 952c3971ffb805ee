package org.espalier.datasets.rows;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What every row of a dataset consists of.
 *
 * @param kind of data, for example {@code pixels}
 * @param columns in the order in which they are stored
 * @param attributes of the kind
 */
public record RowSchema(String kind, List<Column> columns, Attributes attributes)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if the kind has no name, there is no column, or two have the
   *     same name
   */
  public RowSchema {
    if (kind.isBlank()) {
      throw new IllegalArgumentException("Cannot have a kind of data without a name");
    }
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("Cannot have rows without columns");
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "Cannot have two columns called '" + column.name() + "'");
      }
    }
  }

  /**
   * Checks the kind.
   *
   * @throws IllegalArgumentException if it is another
   */
  public void requireKind(String wanted) {
    if (!kind.equals(wanted)) {
      throw new IllegalArgumentException(
          "it holds rows of the kind '" + kind + "' and not '" + wanted + "'");
    }
  }

  /**
   * Checks names and types of the columns, whatever their compression.
   *
   * @throws IllegalArgumentException if they are others
   */
  public void requireColumns(List<Column> wanted) {
    List<String> found = columns.stream().map(Column::toString).toList();
    List<String> expected = wanted.stream().map(Column::toString).toList();
    if (!found.equals(expected)) {
      throw new IllegalArgumentException("its columns are " + found + " and not " + expected);
    }
  }

  /** The place of a column of that name and type. */
  int indexOf(String name, ColumnType type) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (column.name().equals(name) && column.type() == type) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "There is no column " + name + " of " + type.label() + " in " + columns);
  }
}
