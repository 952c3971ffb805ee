package org.espalier.datasets.shards;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.espalier.base.Reason;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.Shard;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.rows.Rows;

/** Reads row groups and checks that they are what the manifest says, page checksums included. */
public final class RowGroupReader {
  private final Dataset dataset;
  private final RowKind kind;
  private final Configuration hadoop;

  /** Reads from {@code dataset}, whose rows are of this kind. */
  public RowGroupReader(Dataset dataset, RowKind kind, Configuration hadoop) {
    this.dataset = dataset;
    this.kind = kind;
    this.hadoop = hadoop;
  }

  /**
   * Reads one row group.
   *
   * @param rowGroup counted from 0 within the shard
   * @throws UnreadableShardException naming the shard, if it is missing or damaged
   */
  public Rows read(Shard shard, int rowGroup) throws IOException {
    Path path = dataset.path(shard);
    try {
      FileStatus status = path.getFileSystem(hadoop).getFileStatus(path);
      if (status.getLen() != shard.bytes()) {
        throw mismatch(path, status.getLen() + " bytes", shard.bytes() + " bytes");
      }
      ParquetReadOptions options =
          HadoopReadOptions.builder(hadoop, path).usePageChecksumVerification(true).build();
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromStatus(status, hadoop), options)) {
        List<Integer> found =
            reader.getRowGroups().stream().map(group -> (int) group.getRowCount()).toList();
        if (!found.equals(shard.rowGroups())) {
          throw mismatch(path, "row groups of " + found, "row groups of " + shard.rowGroups());
        }
        PageReadStore pages = reader.readRowGroup(rowGroup);
        Rows rows =
            new RowGroupDecoder(reader.getFileMetaData(), dataset.manifest().schema())
                .decode(pages);
        kind.check(rows);
        return rows;
      }
    } catch (UnreadableShardException e) {
      throw e;
    } catch (FileNotFoundException e) {
      throw unreadable(path, "it does not exist on the machine that needs it", e);
    } catch (IOException | RuntimeException e) {
      throw unreadable(path, Reason.of(e), e);
    }
  }

  private static UnreadableShardException mismatch(Path path, String found, String expected) {
    return unreadable(path, "it has " + found + " where the manifest says " + expected, null);
  }

  private static UnreadableShardException unreadable(Path path, String reason, Throwable cause) {
    return new UnreadableShardException(
        "Cannot read the shard "
            + path
            + ": "
            + reason
            + "; restore the file or prepare the dataset again.",
        cause);
  }
}
