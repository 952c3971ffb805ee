package org.espalier.datasets.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.espalier.datasets.shards.ImageColumns;
import org.espalier.datasets.source.RowSink;

/**
 * Writes rows as a Parquet file whose row groups have exactly the asked number of rows (the last
 * one what is left), which Parquet's own writers only do by bytes. The same rows give the same
 * bytes: the cluster's settings for Parquet are not looked at.
 */
final class ShardWriter implements RowSink, AutoCloseable {
  private static final ParquetProperties PROPERTIES =
      ParquetProperties.builder()
          .withDictionaryEncoding(false)
          .withPageWriteChecksumEnabled(true)
          .build();

  private final int rowsPerRowGroup;
  private final ParquetFileWriter file;
  private final CodecFactory codecs =
      new CodecFactory(new Configuration(false), ParquetProperties.DEFAULT_PAGE_SIZE);
  private final List<Integer> rowGroups = new ArrayList<>();

  private int rows;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore columns;
  private ColumnWriter pixelColumn;
  private ColumnWriter labelColumn;

  ShardWriter(OutputFile output, int rowsPerRowGroup) throws IOException {
    this.rowsPerRowGroup = rowsPerRowGroup;
    file =
        new ParquetFileWriter(
            output,
            ImageColumns.SCHEMA,
            ParquetFileWriter.Mode.CREATE,
            Long.MAX_VALUE,
            0,
            PROPERTIES.getColumnIndexTruncateLength(),
            PROPERTIES.getStatisticsTruncateLength(),
            PROPERTIES.getPageWriteChecksumEnabled());
    file.start();
  }

  @Override
  public void accept(byte[] pixels, int label) throws IOException {
    if (rows == 0) {
      openRowGroup();
    }
    pixelColumn.write(Binary.fromReusedByteArray(pixels), 0, 0);
    labelColumn.write(label, 0, 0);
    columns.endRecord();
    rows++;
    if (rows == rowsPerRowGroup) {
      closeRowGroup();
    }
  }

  /**
   * Completes the file.
   *
   * @return the rows of each row group
   */
  List<Integer> finish() throws IOException {
    if (rows > 0) {
      closeRowGroup();
    }
    file.end(Map.of());
    return List.copyOf(rowGroups);
  }

  @Override
  public void close() {
    codecs.release();
  }

  private void openRowGroup() {
    pages =
        new ColumnChunkPageWriteStore(
            codecs.getCompressor(CompressionCodecName.ZSTD),
            ImageColumns.SCHEMA,
            PROPERTIES.getAllocator(),
            PROPERTIES.getColumnIndexTruncateLength(),
            PROPERTIES.getPageWriteChecksumEnabled());
    columns = PROPERTIES.newColumnWriteStore(ImageColumns.SCHEMA, pages);
    pixelColumn = columns.getColumnWriter(ImageColumns.column(ImageColumns.PIXELS));
    labelColumn = columns.getColumnWriter(ImageColumns.column(ImageColumns.LABEL));
  }

  private void closeRowGroup() throws IOException {
    file.startBlock(rows);
    columns.flush();
    pages.flushToFileWriter(file);
    file.endBlock();
    columns.close();
    rowGroups.add(rows);
    rows = 0;
  }
}
