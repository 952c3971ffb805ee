package org.espalier.experiment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.espalier.averaging.TrainingState;
import org.espalier.base.Refusal;
import org.espalier.base.Sha256;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskFile;

/**
 * A state of training as bytes: {@code ESPLCKPT}; format version (4 bytes); step (8); length of the
 * vector in bytes (4); the vector; the masks as in {@link MaskFile}; the SHA-256 of everything
 * before it. Integers are little-endian.
 */
final class CheckpointFile {
  private static final byte[] MAGIC = "ESPLCKPT".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = MAGIC.length + 2 * Integer.BYTES + Long.BYTES;
  private static final int DIGEST_BYTES = 32;

  private CheckpointFile() {}

  static void write(TrainingState state, OutputStream out) throws IOException {
    MessageDigest digest = Sha256.digest();
    DigestOutputStream digested = new DigestOutputStream(out, digest);
    ByteBuffer vector = state.vector().bytes();
    digested.write(
        ByteBuffer.allocate(HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MAGIC)
            .putInt(VERSION)
            .putLong(state.step())
            .putInt(vector.remaining())
            .array());
    byte[] bytes = new byte[vector.remaining()];
    vector.get(bytes);
    digested.write(bytes);
    digested.write(MaskFile.encode(state.masks()));
    out.write(digest.digest());
  }

  /**
   * The state in {@code bytes}.
   *
   * @param origin what to call the bytes in a message
   * @throws Refusal if they are not a checkpoint, or damaged
   */
  static TrainingState decode(byte[] bytes, String origin) {
    if (bytes.length < HEADER_BYTES + DIGEST_BYTES
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw damaged(origin, "it does not start like one");
    }
    int end = bytes.length - DIGEST_BYTES;
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, 0, end);
    if (!Arrays.equals(digest.digest(), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw damaged(origin, "its checksum does not fit its content");
    }
    ByteBuffer content =
        ByteBuffer.wrap(bytes, MAGIC.length, end - MAGIC.length).order(ByteOrder.LITTLE_ENDIAN);
    int version = content.getInt();
    if (version != VERSION) {
      throw damaged(
          origin, "it has version %d and this Espalier knows %d".formatted(version, VERSION));
    }
    long step = content.getLong();
    byte[] vector = new byte[content.getInt()];
    content.get(vector);
    byte[] masks = new byte[content.remaining()];
    content.get(masks);
    return new TrainingState(step, FlatVector.wrap(vector), MaskFile.decode(masks, origin));
  }

  private static Refusal damaged(String origin, String reason) {
    return new Refusal(
        "Cannot go on from the checkpoint %s: %s; remove it.".formatted(origin, reason));
  }
}
