package org.espalier.datasets.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.OutputFile;
import org.espalier.datasets.rows.Column;
import org.espalier.datasets.rows.Row;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.rows.Rows;
import org.espalier.datasets.rows.RowsBuilder;
import org.espalier.datasets.shards.ShardColumns;
import org.espalier.datasets.source.RowSink;

/**
 * Writes rows as a Parquet file whose row groups are cut by {@link RowGroupSize}, which Parquet's
 * own writers do by compressed bytes alone. The same rows give the same bytes: the cluster's
 * settings for Parquet are not looked at. One row group at a time is held in memory.
 */
final class ShardWriter implements RowSink, AutoCloseable {
  static final ParquetProperties PROPERTIES =
      ParquetProperties.builder()
          .withDictionaryEncoding(false)
          .withPageWriteChecksumEnabled(true)
          .build();

  private final RowKind kind;
  private final RowGroupSize size;
  private final ParquetFileWriter file;
  private final CodecFactory codecs =
      new CodecFactory(new Configuration(false), ParquetProperties.DEFAULT_PAGE_SIZE);
  private final List<Integer> rowGroups = new ArrayList<>();
  private final RowsBuilder builder;

  ShardWriter(OutputFile output, RowKind kind, RowGroupSize size) throws IOException {
    this.kind = kind;
    this.size = size;
    this.builder = new RowsBuilder(kind.schema());
    EncodingOrder.fix(kind.schema().columns());
    file =
        new ParquetFileWriter(
            output,
            ShardColumns.message(kind.schema()),
            ParquetFileWriter.Mode.CREATE,
            Long.MAX_VALUE,
            0,
            PROPERTIES.getColumnIndexTruncateLength(),
            PROPERTIES.getStatisticsTruncateLength(),
            PROPERTIES.getPageWriteChecksumEnabled());
    file.start();
  }

  @Override
  public void accept(Row row) throws IOException {
    builder.add(row);
    if (size.isReached(builder)) {
      writeRowGroup();
    }
  }

  /**
   * Completes the file.
   *
   * @return the rows of each row group
   */
  List<Integer> finish() throws IOException {
    if (builder.count() > 0) {
      writeRowGroup();
    }
    file.end(Map.of());
    return List.copyOf(rowGroups);
  }

  @Override
  public void close() {
    codecs.release();
  }

  private void writeRowGroup() throws IOException {
    Rows rows = builder.build();
    kind.check(rows);
    file.startBlock(rows.count());
    for (Column column : rows.schema().columns()) {
      new ColumnChunk(column, codecs).write(rows, file);
    }
    file.endBlock();
    rowGroups.add(rows.count());
  }
}
