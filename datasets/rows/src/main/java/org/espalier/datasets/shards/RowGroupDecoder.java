package org.espalier.datasets.shards;

import java.io.IOException;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.espalier.datasets.rows.ColumnType;
import org.espalier.datasets.rows.RowSchema;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.rows.RowsBuilder;

/** Copies the columns of a row group into contiguous arrays. */
final class RowGroupDecoder {
  private final FileMetaData file;
  private final RowSchema schema;
  private final MessageType message;

  RowGroupDecoder(FileMetaData file, RowSchema schema) throws IOException {
    this.file = file;
    this.schema = schema;
    this.message = ShardColumns.message(schema);
    if (!file.getSchema().getFields().equals(message.getFields())) {
      throw new IOException("its columns are not " + message.getColumns());
    }
  }

  Rows decode(PageReadStore pages) {
    ColumnReadStoreImpl columns =
        new ColumnReadStoreImpl(pages, new Unused(), message, file.getCreatedBy());
    int rows = Math.toIntExact(pages.getRowCount());
    RowsBuilder builder = new RowsBuilder(schema);
    for (int i = 0; i < schema.columns().size(); i++) {
      ColumnReader column = columns.getColumnReader(message.getColumns().get(i));
      if (schema.columns().get(i).type() == ColumnType.INT) {
        readIntegers(column, rows, i, builder);
      } else {
        readBytes(column, rows, i, builder);
      }
    }
    return builder.build();
  }

  private static void readIntegers(ColumnReader from, int rows, int column, RowsBuilder into) {
    for (int row = 0; row < rows; row++) {
      into.add(column, from.getInteger());
      from.consume();
    }
  }

  private static void readBytes(ColumnReader from, int rows, int column, RowsBuilder into) {
    for (int row = 0; row < rows; row++) {
      into.add(column, from.getBinary().toByteBuffer());
      from.consume();
    }
  }

  /** Parquet asks for converters even if values are taken from the columns directly. */
  private static final class Unused extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
