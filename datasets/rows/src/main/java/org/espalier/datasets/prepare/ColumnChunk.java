package org.espalier.datasets.prepare;

import java.io.IOException;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.espalier.datasets.rows.Column;
import org.espalier.datasets.rows.ColumnType;
import org.espalier.datasets.rows.IntColumn;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.shards.ShardColumns;

/** Writes one column of a row group, in its own compression. */
record ColumnChunk(Column column, CodecFactory codecs) {

  void write(Rows rows, ParquetFileWriter file) throws IOException {
    MessageType message = ShardColumns.message(column);
    ColumnChunkPageWriteStore pages =
        new ColumnChunkPageWriteStore(
            codecs.getCompressor(ShardColumns.codec(column.compression())),
            message,
            ShardWriter.PROPERTIES.getAllocator(),
            ShardWriter.PROPERTIES.getColumnIndexTruncateLength(),
            ShardWriter.PROPERTIES.getPageWriteChecksumEnabled());
    ColumnWriteStore store = ShardWriter.PROPERTIES.newColumnWriteStore(message, pages);
    ColumnWriter writer = store.getColumnWriter(message.getColumns().get(0));
    if (column.type() == ColumnType.INT) {
      IntColumn values = rows.integers(column.name());
      for (int row = 0; row < rows.count(); row++) {
        writer.write(values.at(row), 0, 0);
        store.endRecord();
      }
    } else {
      for (int row = 0; row < rows.count(); row++) {
        writer.write(Binary.fromReusedByteBuffer(rows.stored(column, row)), 0, 0);
        store.endRecord();
      }
    }
    store.flush();
    pages.flushToFileWriter(file);
    store.close();
  }
}
