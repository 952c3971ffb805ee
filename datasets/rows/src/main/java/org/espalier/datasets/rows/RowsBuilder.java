package org.espalier.datasets.rows;

import java.nio.ByteBuffer;
import java.util.List;

/** Collects rows, one after the other or column by column. Used by one thread. */
public final class RowsBuilder {
  private final RowSchema schema;
  private final List<ColumnBuilder> columns;

  /** Collects rows of a schema. */
  public RowsBuilder(RowSchema schema) {
    this.schema = schema;
    this.columns =
        schema.columns().stream()
            .map(
                column ->
                    column.type() == ColumnType.INT
                        ? new ColumnBuilder.OfInts()
                        : new ColumnBuilder.OfCells(column.type()))
            .toList();
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it does not fit the schema
   */
  public void add(Row row) {
    List<Object> values = row.values();
    requireFit(values);
    for (int i = 0; i < columns.size(); i++) {
      if (values.get(i) instanceof Integer number) {
        columns.get(i).add(number);
      } else {
        columns.get(i).add(schema.columns().get(i).type().encode(values.get(i)));
      }
    }
  }

  /** Adds a value to the column at this place of the schema, which must be one of int32. */
  public void add(int column, int value) {
    columns.get(column).add(value);
  }

  /**
   * Adds a value as {@link Rows#stored} gives it to the column at this place of the schema.
   *
   * @throws IllegalArgumentException if it is no value of the column's type, or the column would
   *     exceed 2^31 - 1 bytes
   */
  public void add(int column, ByteBuffer stored) {
    schema.columns().get(column).type().check(stored);
    columns.get(column).add(stored);
  }

  /** The rows so far. */
  public int count() {
    return columns.get(0).count();
  }

  /** The bytes of all values so far: their own length, and 4 for an int32. */
  public long valueBytes() {
    return columns.stream().mapToLong(ColumnBuilder::valueBytes).sum();
  }

  /**
   * The rows so far; the builder is empty afterwards.
   *
   * @throws IllegalArgumentException if a column has more values than another
   */
  public Rows build() {
    int count = count();
    if (columns.stream().anyMatch(column -> column.count() != count)) {
      throw new IllegalArgumentException(
          "it has columns of "
              + columns.stream().map(ColumnBuilder::count).toList()
              + " values, which must be equally many");
    }
    return new Rows(schema, count, columns.stream().map(ColumnBuilder::build).toList());
  }

  private void requireFit(List<Object> values) {
    boolean fits = values.size() == columns.size();
    for (int i = 0; fits && i < columns.size(); i++) {
      fits = schema.columns().get(i).type().takes(values.get(i));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "it has a row of "
              + values.stream().map(value -> value.getClass().getSimpleName()).toList()
              + " for the columns "
              + schema.columns());
    }
  }
}
