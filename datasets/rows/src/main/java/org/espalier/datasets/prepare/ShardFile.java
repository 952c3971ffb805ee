package org.espalier.datasets.prepare;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.datasets.Shard;
import org.espalier.datasets.rows.Row;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.source.RowSink;

/**
 * A Parquet file in the making whose number of rows nobody knows before. The same rows give the
 * same bytes. One row group at a time is held in memory.
 */
public final class ShardFile implements RowSink, AutoCloseable {
  private final DigestingOutput file;
  private final ShardWriter writer;

  /**
   * Begins a file in a folder that exists.
   *
   * @param rowGroups where they end
   */
  public ShardFile(Path path, Configuration hadoop, RowKind kind, RowGroupSize rowGroups)
      throws IOException {
    file = new DigestingOutput(path, hadoop);
    writer = new ShardWriter(file, kind, rowGroups);
  }

  @Override
  public void accept(Row row) throws IOException {
    writer.accept(row);
  }

  /** Completes the file. Returns the rows of each row group, none if no row was accepted. */
  public List<Integer> finish() throws IOException {
    return writer.finish();
  }

  /**
   * The finished file as a shard at {@code path} of a dataset.
   *
   * @param rowGroups as {@link #finish} told them, at least one
   */
  public Shard shard(String path, List<Integer> rowGroups) {
    return new Shard(path, file.bytes(), file.sha256(), rowGroups);
  }

  @Override
  public void close() throws IOException {
    writer.close();
    file.close();
  }
}
