package org.espalier.datasets.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.DatasetManifest;
import org.espalier.datasets.FewImages;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.LocalSpark;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.Shard;
import org.espalier.datasets.Split;
import org.espalier.datasets.digits.GeneratedDigits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareDatasetTest {
  private static final FewImages SOURCE = new FewImages(103, 22);

  @TempDir private Path folder;

  private PrepareDataset job(FewImages source, String name) {
    return new PrepareDataset(LocalSpark.context(), source, folder.resolve(name).toString())
        .shards(4)
        .rowsPerRowGroup(10);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private static List<List<Integer>> rowGroups(Split split) {
    return split.shards().stream().map(Shard::rowGroups).toList();
  }

  @Test
  void theFolderHoldsTheManifestAndTheShardsAndNothingElse() throws IOException {
    DatasetManifest manifest = job(SOURCE, "few").run();
    assertThat(files())
        .containsExactly(
            "few/manifest.json",
            "few/test/part-00000.parquet",
            "few/train/part-00000.parquet",
            "few/train/part-00001.parquet",
            "few/train/part-00002.parquet",
            "few/train/part-00003.parquet");
    Dataset opened = Dataset.open(folder.resolve("few").toString(), new Configuration());
    assertThat(opened.manifest()).isEqualTo(manifest);
    opened.verify(new Configuration());
  }

  @Test
  void rowGroupsHaveExactlyTheAskedRows() throws IOException {
    DatasetManifest manifest = job(SOURCE, "few").run();
    assertThat(rowGroups(manifest.splits().get("train")))
        .containsExactly(
            List.of(10, 10, 5), List.of(10, 10, 6), List.of(10, 10, 6), List.of(10, 10, 6));
    assertThat(rowGroups(manifest.splits().get("test"))).containsExactly(List.of(10, 10, 2));
    for (Split split : manifest.splits().values()) {
      for (Shard shard : split.shards()) {
        assertThat(rowGroupsInFile(shard)).isEqualTo(shard.rowGroups());
      }
    }
  }

  private List<Integer> rowGroupsInFile(Shard shard) throws IOException {
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(folder.resolve("few").resolve(shard.path()).toUri());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
      return reader.getRowGroups().stream().map(group -> (int) group.getRowCount()).toList();
    }
  }

  @Test
  void aRowGroupEndsWithTheRowThatReachesItsBytes() throws IOException {
    DatasetManifest manifest = job(SOURCE, "few").bytesPerRowGroup(4 * 16 + 1).run();
    assertThat(rowGroups(manifest.splits().get("train")))
        .containsExactly(
            List.of(5, 5, 5, 5, 5),
            List.of(5, 5, 5, 5, 5, 1),
            List.of(5, 5, 5, 5, 5, 1),
            List.of(5, 5, 5, 5, 5, 1));
    assertThat(job(SOURCE, "exact").bytesPerRowGroup(10 * 16).run())
        .isEqualTo(job(SOURCE, "unbounded").run());
  }

  @Test
  void rowsThatAreNotWhatWasPromisedEndTheJob() {
    PixelImages fewerClasses = new PixelImages(new ImageShape(2, 3, 2), 4);
    assertThatThrownBy(() -> job(SOURCE.promising(fewerClasses), "few").run())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot prepare few: The source gave rows that are not what it promised: it has the"
                + " label 4 instead of 0 to 3.");
  }

  @Test
  void theManifestTellsLengthAndChecksumOfEveryFile() throws IOException {
    Shard shard = job(SOURCE, "few").run().splits().get("train").shards().get(2);
    byte[] bytes = Files.readAllBytes(folder.resolve("few").resolve(shard.path()));
    assertThat(shard.bytes()).isEqualTo(bytes.length);
    assertThat(shard.sha256()).isEqualTo(Sha256.of(bytes));
  }

  @Test
  void preparingTwiceGivesTheSameBytes() throws IOException {
    DatasetManifest first = job(SOURCE, "first").run();
    DatasetManifest second = job(SOURCE, "second").run();
    assertThat(second).isEqualTo(first);
    assertThat(Files.readAllBytes(folder.resolve("second/manifest.json")))
        .isEqualTo(Files.readAllBytes(folder.resolve("first/manifest.json")));
    assertThat(job(SOURCE, "third").rowsPerRowGroup(11).run().hash()).isNotEqualTo(first.hash());
  }

  @Test
  void repeatedAttemptsLeaveNoTrace() throws IOException {
    DatasetManifest smooth = job(SOURCE, "smooth").run();
    DatasetManifest bumpy = job(SOURCE.failingAt(60, 2), "bumpy").run();
    assertThat(bumpy).isEqualTo(smooth);
    assertThat(files()).hasSize(12);
  }

  @Test
  void aJobThatFailsLeavesNothing() throws IOException {
    assertThatThrownBy(() -> job(SOURCE.failingAt(60, 3), "deep/few").run())
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot prepare few: row 60 is unreadable.");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void progressIsToldShardByShard() throws IOException {
    List<String> told = new ArrayList<>();
    job(SOURCE, "few").progress((done, total) -> told.add(done + "/" + total)).run();
    assertThat(told).containsExactly("1/5", "2/5", "3/5", "4/5", "5/5");
  }

  @Test
  void theTestSplitGetsShardsInProportion() throws IOException {
    DatasetManifest manifest = job(new FewImages(100, 62), "few").run();
    assertThat(manifest.splits().get("test").shards()).hasSize(2);
  }

  @Test
  void anExistingOutputIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("few"));
    assertThatThrownBy(() -> job(SOURCE, "few").run())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("it exists already; choose another output or remove it first.");
  }

  @Test
  void shardsOutsideTheirRangeAreRefused() {
    for (int shards : new int[] {-1, 0, 104}) {
      assertThatThrownBy(() -> job(SOURCE, "few").shards(shards).run())
          .isInstanceOf(Refusal.class)
          .hasMessage(
              "Cannot prepare few as %d shards: its training split has 103 rows and no shard may"
                  + " be empty; choose 1 to 103 shards.",
              shards);
    }
  }

  @Test
  void rowGroupsOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> job(SOURCE, "few").rowsPerRowGroup(0).run())
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot prepare few with 0 rows per row group: a row group must not be empty; choose 1"
                + " row or more.");
    for (long bytes : new long[] {0, 1073741825}) {
      assertThatThrownBy(() -> job(SOURCE, "few").bytesPerRowGroup(bytes).run())
          .isInstanceOf(Refusal.class)
          .hasMessage(
              "Cannot prepare few with %d bytes per row group: a worker keeps it as one piece;"
                  + " choose 1 to 1073741824 bytes.",
              bytes);
    }
  }

  @Test
  void asManyShardsAsRowsArePossible() throws IOException {
    DatasetManifest manifest = job(new FewImages(5, 1), "few").shards(5).run();
    assertThat(rowGroups(manifest.splits().get("train"))).hasSize(5).containsOnly(List.of(1));
  }

  @Test
  void defaultsMakeEightTrainingShardsOfAThousandRowsPerRowGroup() throws IOException {
    DatasetManifest manifest =
        new PrepareDataset(
                LocalSpark.context(),
                new GeneratedDigits(1, 9_000, 2_000),
                folder.resolve("digits").toString())
            .run();
    assertThat(rowGroups(manifest.splits().get("train")))
        .hasSize(8)
        .containsOnly(List.of(1000, 125));
    assertThat(rowGroups(manifest.splits().get("test"))).hasSize(2).containsOnly(List.of(1000));
  }
}
