package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.espalier.averaging.TrainingState;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final int LENGTH = 2;

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
    assertThat(checkpoints.newest(LENGTH, warnings::add)).isEmpty();
    checkpoints.clear();
    assertThat(runs).isEmptyDirectory();
  }

  @Test
  void theNewestTwoAreKeptByStepAndNotByName() throws IOException {
    for (long step : new long[] {8, 9, 10, 100}) {
      checkpoints.save(state(step));
    }
    assertThat(names()).containsExactly("10.checkpoint", "100.checkpoint");
    assertThat(checkpoints.newestStep()).contains(100L);
    TrainingState newest = checkpoints.newest(LENGTH, warnings::add).orElseThrow();
    assertThat(newest.step()).isEqualTo(100);
    assertThat(newest.vector().bytes()).isEqualTo(state(100).vector().bytes());
    assertThat(warnings).isEmpty();
  }

  @Test
  void aDamagedNewestOneIsToldAndTheOlderOneTaken() throws IOException {
    checkpoints.save(state(5));
    checkpoints.save(state(7));
    Path damaged = folder.resolve("7.checkpoint");
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[30] ^= 1;
    Files.write(damaged, bytes);
    assertThat(checkpoints.newest(LENGTH, warnings::add).orElseThrow().step()).isEqualTo(5);
    assertThat(warnings)
        .containsExactly(
            "Cannot go on from the checkpoint file:%s: its checksum does not fit its content; remove it."
                .formatted(damaged));
    assertThat(checkpoints.newestStep()).contains(7L);
  }

  @Test
  void ofDamagedOnesOnlyNoneIsTaken() throws IOException {
    checkpoints.save(state(5));
    Files.write(folder.resolve("5.checkpoint"), new byte[0]);
    assertThat(checkpoints.newest(LENGTH, warnings::add)).isEmpty();
    assertThat(warnings).hasSize(1);
  }

  @Test
  void oneOfAnotherNetworkIsToldAndTheOlderOneTaken() {
    checkpoints.save(state(5));
    checkpoints.save(
        new TrainingState(7, FlatVector.of(1, 2, 3), MaskSet.of(Map.of("fc1/W", Mask.all(2)))));
    assertThat(checkpoints.newest(LENGTH, warnings::add).orElseThrow().step()).isEqualTo(5);
    assertThat(warnings)
        .containsExactly(
            "The checkpoint file:%s has 3 values where the network has 2; it is left out."
                .formatted(folder.resolve("7.checkpoint")));
  }

  @Test
  void damagedOnesOfLaterStepsDoNotPushOutNewOnes() throws IOException {
    for (String name : List.of("90.checkpoint", "100.checkpoint")) {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name), new byte[10]);
    }
    checkpoints.save(state(5));
    assertThat(names()).containsExactly("5.checkpoint");
    checkpoints.save(state(6));
    checkpoints.save(state(7));
    assertThat(names()).containsExactly("6.checkpoint", "7.checkpoint");
  }

  @Test
  void foreignFilesAreIgnoredAndLeftAlone() throws IOException {
    checkpoints.save(state(5));
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
    assertThat(checkpoints.newest(LENGTH, warnings::add).orElseThrow().step()).isEqualTo(5);
    checkpoints.save(state(6));
    checkpoints.save(state(7));
    assertThat(warnings).isEmpty();
    assertThat(names()).containsAll(foreign).contains("6.checkpoint", "7.checkpoint");
  }

  @Test
  void clearingRemovesTheFolder() {
    checkpoints.save(state(5));
    checkpoints.clear();
    assertThat(runs).isEmptyDirectory();
    assertThat(checkpoints.newestStep()).isEmpty();
  }

  @Test
  void aRunsCheckpointsAreNotThoseOfItsNeighbour() {
    checkpoints.save(state(5));
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

  private static TrainingState state(long step) {
    return new TrainingState(
        step, FlatVector.of((float) step, 0.1f), MaskSet.of(Map.of("fc1/W", Mask.all(2))));
  }
}
