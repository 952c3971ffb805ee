package org.espalier.datasets.rows;

import java.nio.ByteBuffer;
import java.util.List;

/** Rows by column, such as those of one row group; immutable, so that threads can share them. */
public final class Rows {
  private final RowSchema schema;
  private final int count;
  private final List<ColumnValues> columns;

  /** Takes ownership of the values of {@code count} rows, in the order of the schema's columns. */
  Rows(RowSchema schema, int count, List<ColumnValues> columns) {
    this.schema = schema;
    this.count = count;
    this.columns = columns;
  }

  /** What the rows consist of. */
  public RowSchema schema() {
    return schema;
  }

  /** How many rows. */
  public int count() {
    return count;
  }

  /** The column of that name, which must be one of int32. */
  public IntColumn integers(String column) {
    return (IntColumn) columns.get(schema.indexOf(column, ColumnType.INT));
  }

  /** The column of that name, which must be one of bytes. */
  public BytesColumn byteStrings(String column) {
    return new BytesColumn(cells(column, ColumnType.BYTES));
  }

  /** The column of that name, which must be one of lists of int32. */
  public IntListColumn integerLists(String column) {
    return new IntListColumn(cells(column, ColumnType.INTS));
  }

  /** The column of that name, which must be one of strings. */
  public TextColumn texts(String column) {
    return new TextColumn(cells(column, ColumnType.TEXT));
  }

  /**
   * The value of a row as it is stored in a column of any type but {@link ColumnType#INT}: bytes as
   * they are, lists little-endian, strings in UTF-8. Read-only.
   */
  public ByteBuffer stored(Column column, int row) {
    return cells(column.name(), column.type()).at(row);
  }

  /** The memory that the rows take. */
  public long bytes() {
    return columns.stream().mapToLong(ColumnValues::bytes).sum();
  }

  private Cells cells(String name, ColumnType type) {
    return (Cells) columns.get(schema.indexOf(name, type));
  }
}
