package org.espalier.experiment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.espalier.base.Sha256;
import org.espalier.sparsity.MaskFile;

/** Checkpoints as they were written before their vectors went into files of their own. */
final class VersionThree {
  private static final int DIGEST_BYTES = 32;

  private VersionThree() {}

  static byte[] bytes(Checkpoint checkpoint) {
    ByteBuffer vector = checkpoint.vector().bytes();
    byte[] values = new byte[vector.remaining()];
    vector.get(values);
    List<byte[]> sections =
        List.of(
            checkpoint.run().json().getBytes(StandardCharsets.UTF_8),
            rounds(checkpoint.rounds()),
            values,
            MaskFile.encode(checkpoint.head().masks()));
    int length = 20 + sections.stream().mapToInt(section -> Integer.BYTES + section.length).sum();
    byte[] bytes = new byte[length + DIGEST_BYTES];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put("ESPLCKPT".getBytes(StandardCharsets.US_ASCII));
    out.putInt(3).putLong(checkpoint.head().step());
    sections.forEach(section -> out.putInt(section.length).put(section));
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, 0, length);
    out.put(digest.digest());
    return bytes;
  }

  private static byte[] rounds(List<RoundRow> rounds) {
    int most = rounds.stream().mapToInt(RoundRow::encodedSize).sum();
    ByteBuffer out = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
    rounds.forEach(round -> put(round, out));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void put(RoundRow row, ByteBuffer out) {
    byte[] executor = row.slowestWorkerExecutor().getBytes(StandardCharsets.UTF_8);
    out.putLong(row.index()).putLong(row.firstStep()).putLong(row.endStep()).putLong(row.weight());
    out.putDouble(row.loss()).putDouble(row.sparsity()).putDouble(row.seconds());
    out.putDouble(row.dataSeconds()).putDouble(row.computeSeconds());
    out.putDouble(row.gatherSeconds()).putDouble(row.reduceSeconds()).putDouble(row.maskSeconds());
    out.putDouble(row.scheduleSeconds()).putLong(row.bytesUp()).putLong(row.bytesDown());
    out.putLong(row.runAgain()).putLong(row.slowestWorker()).putDouble(row.slowestWorkerSeconds());
    out.putInt(executor.length).put(executor);
  }

  /** What is known of a round that was stored in that version. */
  static RoundRow known(RoundRow row) {
    return new RoundRow(
        row.index(),
        row.firstStep(),
        row.endStep(),
        row.weight(),
        row.loss(),
        row.sparsity(),
        row.seconds(),
        row.dataSeconds(),
        row.computeSeconds(),
        row.gatherSeconds(),
        row.reduceSeconds(),
        row.maskSeconds(),
        row.scheduleSeconds(),
        row.bytesUp(),
        row.bytesDown(),
        row.runAgain(),
        row.slowestWorker(),
        row.slowestWorkerSeconds(),
        row.slowestWorkerExecutor(),
        0,
        0,
        0);
  }
}
