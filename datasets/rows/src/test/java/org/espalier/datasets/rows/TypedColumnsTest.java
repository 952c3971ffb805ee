package org.espalier.datasets.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.espalier.base.Refusal;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.LocalSpark;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.datasets.shards.UnreadableShardException;
import org.espalier.datasets.source.RowSink;
import org.espalier.datasets.source.RowSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of every column type, from a source to Parquet and back. */
class TypedColumnsTest {
  private final Configuration hadoop = new Configuration();
  @TempDir private Path folder;
  private Dataset dataset;

  @BeforeEach
  void prepare() throws IOException {
    String output = folder.resolve("everything").toString();
    new PrepareDataset(LocalSpark.context(), new Everything(), output)
        .shards(2)
        .rowsPerRowGroup(30)
        .run();
    dataset = Dataset.open(output, hadoop);
  }

  private SplitRows rows(RowKind kind) {
    return new SplitRows(dataset, Split.TRAIN, kind, new RowGroupCache(0), hadoop);
  }

  @Test
  void everyRowComesBack() throws IOException {
    SplitRows split = rows(new AnyValues());
    for (int row = 0; row < 100; row++) {
      int group = split.index().groupOf(row);
      RowsTest.assertRow(split.group(group), (int) (row - split.index().firstRow(group)), row);
    }
  }

  @Test
  void theManifestTellsKindColumnsAndAttributes() {
    DatasetManifest manifest = dataset.manifest();
    assertThat(manifest.schema()).isEqualTo(RowsTest.SCHEMA);
    assertThat(DatasetManifest.parse(manifest.json())).isEqualTo(manifest);
  }

  @Test
  void everyColumnHasItsOwnCompression() throws IOException {
    List<ColumnChunkMetaData> columns = firstColumns();
    assertThat(columns.stream().map(column -> column.getCodec().name()))
        .containsExactly("UNCOMPRESSED", "ZSTD", "ZSTD", "ZSTD");
    assertThat(columns).allMatch(column -> column.getEncodings().contains(Encoding.PLAIN));
  }

  @Test
  void damageInAnyColumnIsNoticed() throws IOException {
    Path file = Path.of(firstShard().toUri());
    byte[] bytes = Files.readAllBytes(file);
    SplitRows split = rows(new AnyValues());
    for (ColumnChunkMetaData column : firstColumns()) {
      byte[] damaged = bytes.clone();
      damaged[(int) (column.getStartingPos() + column.getTotalSize() - 2)] ^= 0x10;
      Files.write(file, damaged);
      assertThatThrownBy(() -> split.group(0))
          .isInstanceOf(UnreadableShardException.class)
          .hasMessageStartingWith("Cannot read the shard file:" + file + ": ")
          .hasMessageEndingWith("; restore the file or prepare the dataset again.");
    }
  }

  private org.apache.hadoop.fs.Path firstShard() {
    return dataset.path(dataset.split(Split.TRAIN).shards().get(0));
  }

  private List<ColumnChunkMetaData> firstColumns() throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(firstShard(), hadoop))) {
      return reader.getRowGroups().get(0).getColumns();
    }
  }

  @Test
  void whatTheKindDoesNotAllowIsNamed() {
    assertThatThrownBy(() -> rows(new AnyValues("it has 30 wrong rows")).group(0))
        .isInstanceOf(UnreadableShardException.class)
        .hasMessageEndingWith(
            "part-00000.parquet: it has 30 wrong rows; restore the file or prepare the dataset"
                + " again.");
  }

  @Test
  void otherDataIsNotTakenForImages() {
    assertThatThrownBy(() -> PixelImages.of(dataset))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use the images of %s: it holds rows of the kind 'everything' and not 'pixels';"
                + " name a dataset of the kind 'pixels'.",
            dataset.root());
  }

  private record AnyValues(String complaint) implements RowKind {
    AnyValues() {
      this("");
    }

    @Override
    public RowSchema schema() {
      return RowsTest.SCHEMA;
    }

    @Override
    public void check(Rows rows) {
      if (!complaint.isEmpty()) {
        throw new IllegalArgumentException(complaint);
      }
    }
  }

  private static final class Everything implements RowSource {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "everything";
    }

    @Override
    public RowKind kind() {
      return new AnyValues();
    }

    @Override
    public SortedMap<String, Long> rows() {
      TreeMap<String, Long> rows = new TreeMap<>();
      rows.put(Split.TRAIN, 100L);
      return rows;
    }

    @Override
    public void read(String split, RowRange range, Configuration settings, RowSink sink)
        throws IOException {
      for (long row = range.from(); row < range.to(); row++) {
        sink.accept(RowsTest.row((int) row));
      }
    }
  }
}
