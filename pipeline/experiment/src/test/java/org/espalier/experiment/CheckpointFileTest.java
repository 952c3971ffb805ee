package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.averaging.TrainingState;
import org.espalier.averaging.parts.PartsFolder;
import org.espalier.averaging.parts.WholeVector;
import org.espalier.base.Mix64;
import org.espalier.base.Refusal;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointFileTest {
  @TempDir private java.nio.file.Path folder;

  private static final TrainingState STATE =
      new TrainingState(
          5_000_000_011L,
          FlatVector.of(1.5f, -0f, Float.MIN_VALUE, Float.NaN, 3e38f),
          MaskSet.of(
              Map.of(
                  "fc1/W", Mask.where(131, i -> i % 3 == 0),
                  "fc2/W", Mask.all(7))));

  @Test
  void aCheckpointComesBackToTheBit() throws Exception {
    requireTheSame(decoded(bytes(), "it"), SampleCheckpoints.of(STATE).rounds());
  }

  @ParameterizedTest
  @EnumSource
  void checkpointsOfEarlierVersionsAreRead(EarlierVersion version) throws Exception {
    Checkpoint checkpoint = SampleCheckpoints.of(STATE);
    List<RoundRow> rounds = checkpoint.rounds().stream().map(version::known).toList();
    requireTheSame(decoded(version.bytes(checkpoint, parts()), "it"), rounds);
  }

  private static void requireTheSame(Checkpoint again, List<RoundRow> rounds) {
    assertThat(again.state().step()).isEqualTo(STATE.step());
    assertThat(again.state().vector().bytes()).isEqualTo(STATE.vector().bytes());
    assertThat(again.state().masks().byName()).isEqualTo(STATE.masks().byName());
    assertThat(again.state().masks().sha256()).isEqualTo(STATE.masks().sha256());
    assertThat(again.run()).isEqualTo(SampleCheckpoints.history(STATE.step()));
    assertThat(again.rounds()).isEqualTo(rounds).hasSize(2);
  }

  @Test
  void anyFlippedBitIsNoticed() throws IOException {
    byte[] whole = bytes();
    for (int at = 8; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << Mix64.below(8, 3, at));
      refuses(flipped, "its checksum does not fit its content");
    }
  }

  @Test
  void aFileThatEndsEarlyIsNoticedWhereverItEnds() throws IOException {
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      String reason =
          length < 44 ? "it does not start like one" : "its checksum does not fit its content";
      refuses(Arrays.copyOf(whole, length), reason);
    }
    refuses(Arrays.copyOf(whole, whole.length + 1), "its checksum does not fit its content");
  }

  @Test
  void anotherKindOfFileIsNotTakenForACheckpoint() throws IOException {
    byte[] other = bytes();
    System.arraycopy("ESPLMASK".getBytes(StandardCharsets.US_ASCII), 0, other, 0, 8);
    refuses(other, "it does not start like one");
  }

  @Test
  void anotherVersionIsNamedAndNotTakenForDamage() throws Exception {
    for (byte version : new byte[] {2, 7}) {
      byte[] other = bytes();
      other[8] = version;
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(other, 0, other.length - 32);
      System.arraycopy(sha256.digest(), 0, other, other.length - 32, 32);
      assertThatThrownBy(() -> decoded(other, "runs/x/7.checkpoint"))
          .isInstanceOf(Refusal.class)
          .hasMessage(
              "Cannot go on from the checkpoint runs/x/7.checkpoint: its format has version %d and this Espalier knows 3 to 6; go on with the Espalier that wrote it, or remove it.",
              version);
    }
  }

  private void refuses(byte[] bytes, String reason) {
    assertThatThrownBy(() -> decoded(bytes, "runs/x/7.checkpoint"))
        .isInstanceOf(DamagedCheckpoint.class)
        .hasMessage(
            "Cannot go on from the checkpoint runs/x/7.checkpoint: " + reason + "; remove it.");
  }

  private Checkpoint decoded(byte[] bytes, String origin) throws DamagedCheckpoint, IOException {
    return CheckpointFile.decode(bytes, parts(), origin);
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Checkpoint checkpoint = SampleCheckpoints.of(STATE);
    FlatVector vector = checkpoint.vector();
    CheckpointFile.write(
        checkpoint.head(), vector.length(), new WholeVector(vector).write(parts()), out);
    return out.toByteArray();
  }

  private PartsFolder parts() {
    return new PartsFolder(new Path(folder.toString()), new Configuration());
  }
}
