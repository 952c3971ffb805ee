package org.espalier.experiment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.espalier.averaging.parts.DamagedPart;
import org.espalier.averaging.parts.PartsFolder;
import org.espalier.averaging.parts.VectorPart;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;
import org.espalier.engine.replica.FlatVector;
import org.espalier.results.RunHistory;
import org.espalier.sparsity.MaskFile;

/**
 * A checkpoint's own file as bytes: {@code ESPLCKPT}; format version (4 bytes); step (8); then the
 * run's history as JSON, the rounds, the vector, and the masks as in {@link MaskFile}, each with
 * its length in bytes (4) before it; the SHA-256 of everything before it. Integers are
 * little-endian.
 *
 * <p>Since version 4 the vector is a list of files ({@link PartsList}), in version 3 it is there;
 * since version 5 rounds have their multiply-adds, since version 6 expected ones too. Every version
 * begins with the same eight bytes and a version, and ends in the SHA-256, so that a file of
 * another version can be told from a damaged one.
 */
final class CheckpointFile {
  private static final byte[] MAGIC = "ESPLCKPT".getBytes(StandardCharsets.US_ASCII);
  private static final int WHOLE_VECTOR = 3;
  private static final int UNCOUNTED = 4;
  private static final int UNEXPECTED = 5;
  private static final int VERSION = 6;
  private static final int START_BYTES = MAGIC.length + Integer.BYTES;
  private static final int DIGEST_BYTES = 32;

  private CheckpointFile() {}

  /**
   * Writes a checkpoint whose vector is in files already.
   *
   * @param length number of values of the vector
   */
  static void write(CheckpointHead head, int length, List<VectorPart> parts, OutputStream out)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    DigestOutputStream digested = new DigestOutputStream(out, digest);
    digested.write(
        littleEndian(START_BYTES + Long.BYTES)
            .put(MAGIC)
            .putInt(VERSION)
            .putLong(head.step())
            .array());
    writeSection(head.run().json().getBytes(StandardCharsets.UTF_8), digested);
    writeSection(encoded(head.rounds()), digested);
    writeSection(new PartsList(length, parts).encoded(), digested);
    writeSection(MaskFile.encode(head.masks()), digested);
    out.write(digest.digest());
  }

  /**
   * The checkpoint in {@code bytes}.
   *
   * @param folder where the parts of its vector are
   * @param origin what to call the bytes in a message
   * @throws DamagedCheckpoint if their checksum, or that of a part, does not fit
   * @throws Refusal if they are of another format version
   * @throws IOException if a part cannot be read now
   */
  static Checkpoint decode(byte[] bytes, PartsFolder folder, String origin)
      throws DamagedCheckpoint, IOException {
    requireWhole(bytes, origin);
    ByteBuffer content =
        ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length - DIGEST_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    int version = content.getInt();
    if (version < WHOLE_VECTOR || version > VERSION) {
      throw new Refusal(
          "Cannot go on from the checkpoint %s: its format has version %d and this Espalier knows %d to %d; go on with the Espalier that wrote it, or remove it."
              .formatted(origin, version, WHOLE_VECTOR, VERSION));
    }
    long step = content.getLong();
    RunHistory run = RunHistory.parse(new String(takeSection(content), StandardCharsets.UTF_8));
    List<RoundRow> rounds = decoded(takeSection(content), rowsOf(version));
    byte[] vector = takeSection(content);
    CheckpointHead head =
        new CheckpointHead(run, rounds, step, MaskFile.decode(takeSection(content), origin));
    return new Checkpoint(
        head, version == WHOLE_VECTOR ? FlatVector.wrap(vector) : read(vector, folder, origin));
  }

  private static Function<ByteBuffer, RoundRow> rowsOf(int version) {
    return switch (version) {
      case WHOLE_VECTOR -> RoundRow::takeOfVersion3;
      case UNCOUNTED -> RoundRow::takeOfVersion4;
      case UNEXPECTED -> RoundRow::takeOfVersion5;
      default -> RoundRow::take;
    };
  }

  private static FlatVector read(byte[] list, PartsFolder folder, String origin)
      throws DamagedCheckpoint, IOException {
    PartsList parts = PartsList.decode(list);
    try {
      return folder.read(parts.length(), parts.parts());
    } catch (DamagedPart e) {
      throw damaged(origin, e.getMessage());
    }
  }

  private static void requireWhole(byte[] bytes, String origin) throws DamagedCheckpoint {
    if (bytes.length < START_BYTES + DIGEST_BYTES
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw damaged(origin, "it does not start like one");
    }
    int end = bytes.length - DIGEST_BYTES;
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, 0, end);
    if (!Arrays.equals(digest.digest(), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw damaged(origin, "its checksum does not fit its content");
    }
  }

  private static DamagedCheckpoint damaged(String origin, String reason) {
    return new DamagedCheckpoint(
        "Cannot go on from the checkpoint %s: %s; remove it.".formatted(origin, reason));
  }

  private static void writeSection(byte[] bytes, OutputStream out) throws IOException {
    out.write(littleEndian(Integer.BYTES).putInt(bytes.length).array());
    out.write(bytes);
  }

  private static byte[] takeSection(ByteBuffer content) {
    byte[] bytes = new byte[content.getInt()];
    content.get(bytes);
    return bytes;
  }

  private static byte[] encoded(List<RoundRow> rounds) {
    byte[] bytes = new byte[rounds.stream().mapToInt(RoundRow::encodedSize).sum()];
    ByteBuffer rest = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    rounds.forEach(round -> round.put(rest));
    return bytes;
  }

  private static List<RoundRow> decoded(byte[] bytes, Function<ByteBuffer, RoundRow> row) {
    ByteBuffer rest = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<RoundRow> rounds = new ArrayList<>();
    while (rest.hasRemaining()) {
      rounds.add(row.apply(rest));
    }
    return rounds;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
