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
import org.espalier.averaging.parts.HeldVector;
import org.espalier.averaging.parts.PartsFolder;
import org.espalier.averaging.parts.VectorPart;
import org.espalier.averaging.parts.WholeVector;
import org.espalier.base.Refusal;
import org.espalier.engine.optimiser.ShardOptimiser.Range;
import org.espalier.engine.replica.FlatVector;
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
      SampleCheckpoints.save(step, checkpoints);
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
    SampleCheckpoints.save(5, checkpoints);
    SampleCheckpoints.save(7, checkpoints);
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
    SampleCheckpoints.save(5, checkpoints);
    Files.write(folder.resolve("5.checkpoint"), new byte[0]);
    assertThat(checkpoints.newest(warnings::add)).isEmpty();
    assertThat(warnings).hasSize(1);
  }

  @Test
  void oneThatCannotBeReadNowIsNeitherPassedOverNorDeleted() throws IOException {
    SampleCheckpoints.save(5, checkpoints);
    SampleCheckpoints.save(7, checkpoints);
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
    SampleCheckpoints.save(5, checkpoints);
    SampleCheckpoints.save(7, checkpoints);
    Path newest = folder.resolve("7.checkpoint");
    byte[] newer = Files.readAllBytes(newest);
    newer[8] = 7;
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(newer, newer.length - 32));
    System.arraycopy(digest, 0, newer, newer.length - 32, 32);
    Files.write(newest, newer);
    assertThatThrownBy(() -> checkpoints.newest(warnings::add))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("its format has version 7 and this Espalier knows 3 to 6");
    assertThat(newest).hasBinaryContent(newer);
  }

  @Test
  void soundOnesOfLaterStepsAreNotDeleted() throws IOException {
    SampleCheckpoints.save(7, checkpoints);
    for (long step : new long[] {4, 5, 6}) {
      SampleCheckpoints.save(step, checkpoints);
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
    SampleCheckpoints.save(5, checkpoints);
    assertThat(names()).containsExactly("5.checkpoint");
    SampleCheckpoints.save(6, checkpoints);
    SampleCheckpoints.save(7, checkpoints);
    assertThat(names()).containsExactly("6.checkpoint", "7.checkpoint");
  }

  @Test
  void foreignFilesAreIgnoredAndLeftAlone() throws IOException {
    SampleCheckpoints.save(5, checkpoints);
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
    SampleCheckpoints.save(6, checkpoints);
    SampleCheckpoints.save(7, checkpoints);
    assertThat(warnings).isEmpty();
    assertThat(names()).containsAll(foreign).contains("6.checkpoint", "7.checkpoint");
  }

  @Test
  void clearingRemovesTheFolder() {
    SampleCheckpoints.save(5, checkpoints);
    checkpoints.clear();
    assertThat(runs).isEmptyDirectory();
    assertThat(checkpoints.newestStep()).isEmpty();
  }

  @Test
  void aRunsCheckpointsAreNotThoseOfItsNeighbour() {
    SampleCheckpoints.save(5, checkpoints);
    Checkpoints neighbour =
        Checkpoints.of(
            new org.apache.hadoop.fs.Path(runs.resolve("run2").toString()), new Configuration());
    assertThat(neighbour.newestStep()).isEmpty();
  }

  @Test
  void aDamagedPartIsToldAndTheOlderCheckpointTaken() throws IOException {
    SampleCheckpoints.save(5, checkpoints);
    SampleCheckpoints.save(7, checkpoints);
    Path part = onlyPartOf(7);
    byte[] bytes = Files.readAllBytes(part);
    for (byte[] damaged : List.of(flipped(bytes), Arrays.copyOf(bytes, 4))) {
      Files.write(part, damaged);
      requireTheOlder(part, "is not as it was written");
    }
    Files.delete(part);
    requireTheOlder(part, "is missing");
    SampleCheckpoints.save(6, checkpoints);
    assertThat(names()).containsExactly("5.checkpoint", "6.checkpoint");
    assertThat(folder.resolve("7.parts")).doesNotExist();
  }

  private void requireTheOlder(Path part, String reason) {
    warnings.clear();
    assertThat(checkpoints.newest(warnings::add).orElseThrow().state().step()).isEqualTo(5);
    assertThat(warnings)
        .containsExactly(
            "Cannot go on from the checkpoint file:%s: its part %s %s; remove it."
                .formatted(folder.resolve("7.checkpoint"), part.getFileName(), reason));
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    flipped[1] ^= 8;
    return flipped;
  }

  @Test
  void partsWithoutACheckpointAreNoneAndAreDeletedByTheNext() throws IOException {
    SampleCheckpoints.save(5, checkpoints);
    for (String abandoned : List.of("6.parts", "9.parts")) {
      Files.createDirectory(folder.resolve(abandoned));
      Files.write(folder.resolve(abandoned).resolve("part"), new byte[10]);
    }
    assertThat(checkpoints.newestStep()).contains(5L);
    SampleCheckpoints.save(7, checkpoints);
    assertThat(folder.resolve("6.parts")).doesNotExist();
    assertThat(folder.resolve("9.parts")).exists();
    SampleCheckpoints.save(8, checkpoints);
    assertThat(folder.resolve("5.parts")).doesNotExist();
    assertThat(onlyPartOf(8)).hasSize(8);
  }

  @Test
  void ofACheckpointThatCouldNotBeWrittenNothingIsLeft() throws IOException {
    SampleCheckpoints.save(5, checkpoints);
    Checkpoint checkpoint = SampleCheckpoints.at(7);
    assertThatThrownBy(
            () -> checkpoints.save(checkpoint.head(), new Unwritable(checkpoint.vector())))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot write %s: no space left on the device; see to the space and the permissions there, since the run goes on without it.",
            folder.resolve("7.checkpoint"));
    assertThat(names()).containsExactly("5.checkpoint");
    assertThat(folder.resolve("7.parts")).doesNotExist();
    assertThat(checkpoints.newest(warnings::add).orElseThrow().state().step()).isEqualTo(5);
  }

  @Test
  void aPartThatTheDriverDoesNotSeeIsNoPart() {
    Checkpoint checkpoint = SampleCheckpoints.at(7);
    assertThatThrownBy(
            () -> checkpoints.save(checkpoint.head(), new Elsewhere(checkpoint.vector())))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the driver sees no bytes of part-elsewhere in place of 8;");
    assertThat(checkpoints.newestStep()).isEmpty();
  }

  /** Writes a file, and then there is no room for the next. */
  private record Unwritable(FlatVector vector) implements HeldVector {
    @Override
    public int length() {
      return vector.length();
    }

    @Override
    public List<VectorPart> write(PartsFolder parts) throws IOException {
      new WholeVector(vector).write(parts);
      throw new IOException("no space left on the device");
    }

    @Override
    public void close() {}
  }

  /** Says that it has written a file. */
  private record Elsewhere(FlatVector vector) implements HeldVector {
    @Override
    public int length() {
      return vector.length();
    }

    @Override
    public List<VectorPart> write(PartsFolder parts) {
      return List.of(
          new VectorPart(
              "part-elsewhere", List.of(new Range(0, vector.length())), "00".repeat(32)));
    }

    @Override
    public void close() {}
  }

  private Path onlyPartOf(long step) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(step + ".parts"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".parts"))
          .sorted()
          .toList();
    }
  }
}
