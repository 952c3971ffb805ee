package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.base.Refusal;
import org.espalier.storage.Publication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTableTest {
  private static final OperatingPoint DENSE = SamplePoints.finished("dense", 0, 1, 0.984);
  private static final OperatingPoint MAGNITUDE =
      SamplePoints.finished("magnitude", 0.9, 1, 0.9811);
  private static final OperatingPoint RANDOM = SamplePoints.finished("random", 0.9, 1, 0.95);

  private final Configuration hadoop = new Configuration();
  @TempDir java.nio.file.Path folder;

  @Test
  void aFileARunAndATreeOfRunsAreRead() {
    Path file = write("runs/a/results.parquet", RANDOM);
    write("runs/deep/er/b/results.parquet", DENSE, MAGNITUDE);

    assertThat(ResultsTable.read(file, hadoop).rows()).containsExactly(RANDOM);
    assertThat(read("runs/a").rows()).containsExactly(RANDOM);
    assertThat(read("runs").rows()).containsExactly(DENSE, MAGNITUDE, RANDOM);
  }

  @Test
  void aFileOfAnyNameIsReadWhenItIsNamed() {
    write("all.parquet", MAGNITUDE);

    assertThat(read("all.parquet").rows()).containsExactly(MAGNITUDE);
  }

  @Test
  void unfinishedFoldersAndFilesAreLeftOut() throws IOException {
    write("runs/a/results.parquet", MAGNITUDE);
    write("runs/.b.unfinished-1234/results.parquet", RANDOM);
    write("runs/_temporary/0/results.parquet", RANDOM);
    Files.writeString(folder.resolve("runs/a/.results.parquet.unfinished-1"), "half");
    Files.writeString(folder.resolve("runs/a/checkpoint.bin"), "something else");

    assertThat(read("runs").rows()).containsExactly(MAGNITUDE);
  }

  @Test
  void aFolderThatIsBeingWrittenIsLeftOutUntilItIsFinished() throws IOException {
    write("runs/a/results.parquet", MAGNITUDE);
    write("runs/b/results.parquet", RANDOM);
    Path unfinished = path("runs/c");
    try (Publication publication = Publication.begin(unfinished, hadoop)) {
      write("runs/c/results.parquet", DENSE);
      assertThat(read("runs").rows()).containsExactly(MAGNITUDE, RANDOM);
      publication.commit(manifest(unfinished));
    }
    assertThat(read("runs").rows()).containsExactly(DENSE, MAGNITUDE, RANDOM);
  }

  @Test
  void resultsThatAreNotWhatTheManifestListsAreRefused() throws IOException {
    Path run = path("runs/c");
    try (Publication publication = Publication.begin(run, hadoop)) {
      write("runs/c/results.parquet", DENSE);
      publication.commit(manifest(run));
    }
    Files.delete(folder.resolve("runs/c/results.parquet"));
    write("runs/c/results.parquet", RANDOM);
    for (String place : List.of("runs", "runs/c", "runs/c/results.parquet")) {
      assertThatThrownBy(() -> read(place))
          .isInstanceOf(Refusal.class)
          .hasMessageMatching(
              "Cannot read file:.*/runs/c/results\\.parquet: its SHA-256 is [0-9a-f]{64} and manifest\\.json says [0-9a-f]{64}; take another copy\\.");
    }
  }

  private byte[] manifest(Path run) throws IOException {
    return RunManifest.of(RunManifest.Kind.RUN, RunManifestTest.HISTORY, "0.2 (def)", run, hadoop)
        .json()
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aTreeUnderAHiddenFolderMayBeNamed() {
    write(".hidden/a/results.parquet", MAGNITUDE);

    assertThat(read(".hidden").rows()).containsExactly(MAGNITUDE);
  }

  @Test
  void aPointThatIsFoundTwiceCountsOnce() {
    write("runs/a/results.parquet", MAGNITUDE);
    write("runs/aggregated/results.parquet", MAGNITUDE, RANDOM);

    assertThat(read("runs").rows()).containsExactly(MAGNITUDE, RANDOM);
  }

  @Test
  void theOrderOfRowsDependsOnTheRowsAlone() {
    List<OperatingPoint> points = SamplePoints.study();
    List<OperatingPoint> shuffled = new java.util.ArrayList<>(points);
    Collections.shuffle(shuffled, new java.util.Random(1));

    assertThat(ResultsTable.of(shuffled).rows()).isEqualTo(ResultsTable.of(points).rows());
  }

  @Test
  void repetitionsStandTogetherAndGoBySeed() {
    List<OperatingPoint> rows =
        ResultsTable.of(
                List.of(
                    l0("10", 3, 0.881),
                    l0("10", 1, 0.886),
                    l0("1", 2, 0.5),
                    l0("10", 2, 0.884),
                    l0("1", 1, 0.49)))
            .rows();

    assertThat(rows)
        .extracting(row -> row.setting().notes().get("penalty"))
        .containsExactly("1", "1", "10", "10", "10");
    assertThat(rows)
        .extracting(row -> row.setting().training().seed())
        .containsExactly(1L, 2L, 1L, 2L, 3L);
  }

  @Test
  void anEvaluationThatSaysAgainWhatTheRunSaidIsNoRepetition() {
    OperatingPoint again = SamplePoints.evaluatedAgain(MAGNITUDE, hash(MAGNITUDE));
    write("runs/a/results.parquet", MAGNITUDE);
    write("again/results.parquet", again);

    assertThat(read("").rows()).containsExactly(MAGNITUDE);
    assertThat(read("again").rows()).containsExactly(again);
  }

  @Test
  void anEvaluationOnOtherDataIsAnExperimentOfItsOwn() {
    OperatingPoint elsewhere = SamplePoints.evaluatedAgain(MAGNITUDE, "other data");
    OperatingPoint seed2 = SamplePoints.finished("magnitude", 0.9, 2, 0.98);

    assertThat(ResultsTable.of(List.of(elsewhere, MAGNITUDE, seed2)).seedGroups())
        .extracting(SeedGroup::points)
        .containsExactlyInAnyOrder(List.of(MAGNITUDE, seed2), List.of(elsewhere));
  }

  @Test
  void aPlaceThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> read("nowhere"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot read results from file:%s: it does not exist; name a results file, a run's folder or a folder of runs.",
            folder.resolve("nowhere"));
  }

  @Test
  void aTreeWithoutResultsIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("runs/a"));

    assertThatThrownBy(() -> read("runs"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot read results from file:%s: no folder below it holds a finished results.parquet; name the output of a run or of a sweep.",
            folder.resolve("runs"));
  }

  @Test
  void aDamagedFileInATreeIsNamed() throws IOException {
    write("runs/a/results.parquet", MAGNITUDE);
    Files.createDirectories(folder.resolve("runs/b"));
    Files.write(folder.resolve("runs/b/results.parquet"), new byte[0]);

    assertThatThrownBy(() -> read("runs"))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(
            "Cannot read the results in file:" + folder.resolve("runs/b/results.parquet"));
  }

  private static String hash(OperatingPoint point) {
    return point.provenance().dataHash();
  }

  private static OperatingPoint l0(String penalty, long seed, double sparsity) {
    return SamplePoints.noted(
        SamplePoints.point(
            SamplePoints.LENET_300_100,
            new Sparsification("l0", OptionalDouble.empty(), OptionalDouble.empty(), "none"),
            seed,
            SamplePoints.classified(
                0.98, 0.1, SamplePoints.size(SamplePoints.LENET_300_100, sparsity))),
        "penalty",
        penalty);
  }

  private Path write(String name, OperatingPoint... points) {
    return ResultsFile.write(path(name), List.of(points), hadoop);
  }

  private ResultsTable read(String name) {
    return ResultsTable.read(path(name), hadoop);
  }

  private Path path(String name) {
    return new Path("file://" + folder.resolve(name));
  }
}
