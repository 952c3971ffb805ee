package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.espalier.averaging.TrainingState;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir private Path runs;

  private Path folder;
  private Checkpoints checkpoints;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void open() {
    folder = runs.resolve(".run.checkpoints");
    checkpoints =
        Checkpoints.of(
            new org.apache.hadoop.fs.Path(runs.resolve("run").toString()), new Configuration());
  }

  @Test
  void thereAreNoneAtFirst() {
    assertThat(checkpoints.newestStep()).isEmpty();
    assertThat(checkpoints.newest(warnings::add)).isEmpty();
    checkpoints.clear();
    assertThat(runs).isEmptyDirectory();
  }

  @Test
  void theNewestTwoAreKeptByStepAndNotByName() throws IOException {
    for (long step : new long[] {8, 9, 10, 100}) {
      checkpoints.save(SampleCheckpoints.at(step));
    }
    assertThat(names()).containsExactly("10.checkpoint", "100.checkpoint");
    assertThat(checkpoints.newestStep()).contains(100L);
    TrainingState newest = checkpoints.newest(warnings::add).orElseThrow().state();
    assertThat(newest.step()).isEqualTo(100);
    assertThat(newest.vector().bytes())
        .isEqualTo(SampleCheckpoints.at(100).state().vector().bytes());
    assertThat(warnings).isEmpty();
  }

  @Test
  void aDamagedNewestOneIsToldAndTheOlderOneTaken() throws IOException {
    checkpoints.save(SampleCheckpoints.at(5));
    checkpoints.save(SampleCheckpoints.at(7));
    Path damaged = folder.resolve("7.checkpoint");
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[30] ^= 1;
    Files.write(damaged, bytes);
    assertThat(checkpoints.newest(warnings::add).orElseThrow().state().step()).isEqualTo(5);
    assertThat(warnings)
        .containsExactly(
            "Cannot go on from the checkpoint file:%s: its checksum does not fit its content; remove it."
                .formatted(damaged));
    assertThat(checkpoints.newestStep()).contains(7L);
  }

  @Test
  void ofDamagedOnesOnlyNoneIsTaken() throws IOException {
    checkpoints.save(SampleCheckpoints.at(5));
    Files.write(folder.resolve("5.checkpoint"), new byte[0]);
    assertThat(checkpoints.newest(warnings::add)).isEmpty();
    assertThat(warnings).hasSize(1);
  }

  @Test
  void oneThatCannotBeReadNowIsNeitherPassedOverNorDeleted() throws IOException {
    checkpoints.save(SampleCheckpoints.at(5));
    checkpoints.save(SampleCheckpoints.at(7));
    Path newest = folder.resolve("7.checkpoint");
    byte[] bytes = Files.readAllBytes(newest);
    Files.delete(newest);
    Files.createDirectory(newest);
    assertThatThrownBy(() -> checkpoints.newest(warnings::add))
        .isInstanceOf(Refusal.class)
        .hasMessageMatching(
            "Cannot go on from the checkpoint file:.*/7\\.checkpoint: it cannot be read now \\(.+\\); try again, or remove it if that does not pass\\.");
    assertThat(warnings).isEmpty();
    assertThat(names()).containsExactly("5.checkpoint", "7.checkpoint");
    Files.delete(newest);
    Files.write(newest, bytes);
    assertThat(checkpoints.newest(warnings::add).orElseThrow().state().step()).isEqualTo(7);
  }

  @Test
  void oneOfANewerFormatIsNeitherPassedOverNorDeleted() throws Exception {
    checkpoints.save(SampleCheckpoints.at(5));
    checkpoints.save(SampleCheckpoints.at(7));
    Path newest = folder.resolve("7.checkpoint");
    byte[] newer = Files.readAllBytes(newest);
    newer[8] = 4;
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(newer, newer.length - 32));
    System.arraycopy(digest, 0, newer, newer.length - 32, 32);
    Files.write(newest, newer);
    assertThatThrownBy(() -> checkpoints.newest(warnings::add))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("its format has version 4 and this Espalier knows 3");
    assertThat(newest).hasBinaryContent(newer);
  }

  @Test
  void soundOnesOfLaterStepsAreNotDeleted() throws IOException {
    checkpoints.save(SampleCheckpoints.at(7));
    for (long step : new long[] {4, 5, 6}) {
      checkpoints.save(SampleCheckpoints.at(step));
    }
    assertThat(names()).containsExactly("5.checkpoint", "6.checkpoint", "7.checkpoint");
  }

  @Test
  void damagedOnesOfLaterStepsDoNotPushOutNewOnes() throws IOException {
    for (String name : List.of("90.checkpoint", "100.checkpoint")) {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name), new byte[10]);
    }
    assertThat(checkpoints.newest(warnings::add)).isEmpty();
    checkpoints.save(SampleCheckpoints.at(5));
    assertThat(names()).containsExactly("5.checkpoint");
    checkpoints.save(SampleCheckpoints.at(6));
    checkpoints.save(SampleCheckpoints.at(7));
    assertThat(names()).containsExactly("6.checkpoint", "7.checkpoint");
  }

  @Test
  void foreignFilesAreIgnoredAndLeftAlone() throws IOException {
    checkpoints.save(SampleCheckpoints.at(5));
    List<String> foreign =
        List.of(
            "9.checkpoint.bak",
            "x9.checkpoint",
            "9xcheckpoint",
            ".9.checkpoint.checkpoints-1",
            "notes.txt",
            "99999999999999999999.checkpoint");
    for (String name : foreign) {
      Files.writeString(folder.resolve(name), "not a checkpoint");
    }
    assertThat(checkpoints.newestStep()).contains(5L);
    assertThat(checkpoints.newest(warnings::add).orElseThrow().state().step()).isEqualTo(5);
    checkpoints.save(SampleCheckpoints.at(6));
    checkpoints.save(SampleCheckpoints.at(7));
    assertThat(warnings).isEmpty();
    assertThat(names()).containsAll(foreign).contains("6.checkpoint", "7.checkpoint");
  }

  @Test
  void clearingRemovesTheFolder() {
    checkpoints.save(SampleCheckpoints.at(5));
    checkpoints.clear();
    assertThat(runs).isEmptyDirectory();
    assertThat(checkpoints.newestStep()).isEmpty();
  }

  @Test
  void aRunsCheckpointsAreNotThoseOfItsNeighbour() {
    checkpoints.save(SampleCheckpoints.at(5));
    Checkpoints neighbour =
        Checkpoints.of(
            new org.apache.hadoop.fs.Path(runs.resolve("run2").toString()), new Configuration());
    assertThat(neighbour.newestStep()).isEmpty();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
