package org.espalier.datasets.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.espalier.datasets.source.RowSink;

/**
 * Writes rows as a Parquet file whose row groups have exactly the asked number of rows (the last
 * one what is left). The same rows give the same bytes.
 */
final class ShardWriter implements RowSink, AutoCloseable {
  private final ParquetWriter<LabelledImage> writer;
  private final int rowsPerRowGroup;
  private long rows;

  ShardWriter(OutputFile file, int rowsPerRowGroup, Configuration hadoop) throws IOException {
    this.rowsPerRowGroup = rowsPerRowGroup;
    // Parquet compares a row group's bytes with its limit only once in so many rows: with a limit
    // that any row exceeds, it closes the row group at exactly that count.
    writer =
        new Builder(file)
            .withConf(hadoop)
            .withRowGroupSize(1L)
            .withMinRowCountForPageSizeCheck(rowsPerRowGroup)
            .withMaxRowCountForPageSizeCheck(rowsPerRowGroup)
            .withWriteMode(ParquetFileWriter.Mode.CREATE)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withDictionaryEncoding(false)
            .withPageWriteChecksumEnabled(true)
            .build();
  }

  @Override
  public void accept(byte[] pixels, int label) throws IOException {
    writer.write(new LabelledImage(Binary.fromReusedByteArray(pixels), label));
    rows++;
  }

  /** The rows of each row group so far. */
  List<Integer> rowGroups() {
    List<Integer> groups = new ArrayList<>();
    for (long left = rows; left > 0; left -= rowsPerRowGroup) {
      groups.add((int) Math.min(left, rowsPerRowGroup));
    }
    return groups;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<LabelledImage, Builder> {
    Builder(OutputFile file) {
      super(file);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<LabelledImage> getWriteSupport(Configuration hadoop) {
      return new ImageWriteSupport();
    }
  }
}
