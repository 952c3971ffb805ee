package org.espalier.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.espalier.averaging.parts.PartsFolder;
import org.espalier.averaging.parts.WholeVector;
import org.espalier.base.Sha256;
import org.espalier.engine.replica.FlatVector;
import org.espalier.sparsity.MaskFile;

/** Checkpoints as they were written in earlier versions of their format. */
enum EarlierVersion {
  /** Before vectors went into files of their own. */
  THREE(3) {
    @Override
    byte[] vector(FlatVector vector, PartsFolder folder) {
      byte[] values = new byte[vector.bytes().remaining()];
      vector.bytes().get(values);
      return values;
    }

    @Override
    void putRest(RoundRow row, ByteBuffer out) {}

    @Override
    RoundRow known(RoundRow row) {
      return uncounted(row, 0, 0, 0);
    }
  },
  /** Before multiply-adds were counted. */
  FOUR(4) {
    @Override
    byte[] vector(FlatVector vector, PartsFolder folder) throws IOException {
      return new PartsList(vector.length(), new WholeVector(vector).write(folder)).encoded();
    }

    @Override
    void putRest(RoundRow row, ByteBuffer out) {
      out.putDouble(row.broadcastSeconds()).putDouble(row.waitSeconds());
      out.putDouble(row.optimiserSeconds());
    }

    @Override
    RoundRow known(RoundRow row) {
      return uncounted(row, row.broadcastSeconds(), row.waitSeconds(), row.optimiserSeconds());
    }
  },
  /** Before multiply-adds were expected. */
  FIVE(5) {
    @Override
    byte[] vector(FlatVector vector, PartsFolder folder) throws IOException {
      return FOUR.vector(vector, folder);
    }

    @Override
    void putRest(RoundRow row, ByteBuffer out) {
      FOUR.putRest(row, out);
      out.putLong(row.multiplyAdds()).putLong(row.multiplyAddsLeftOut());
    }

    @Override
    RoundRow known(RoundRow row) {
      return with(
          row,
          row.broadcastSeconds(),
          row.waitSeconds(),
          row.optimiserSeconds(),
          row.multiplyAdds(),
          row.multiplyAddsLeftOut());
    }
  };

  private static final int DIGEST_BYTES = 32;

  private final int number;

  EarlierVersion(int number) {
    this.number = number;
  }

  /** The section of the vector, whose parts, if it has any, go into a folder. */
  abstract byte[] vector(FlatVector vector, PartsFolder folder) throws IOException;

  /** What a round has beyond what every version has of it. */
  abstract void putRest(RoundRow row, ByteBuffer out);

  /** What is known of a round that was stored in this version. */
  abstract RoundRow known(RoundRow row);

  byte[] bytes(Checkpoint checkpoint, PartsFolder folder) throws IOException {
    List<byte[]> sections =
        List.of(
            checkpoint.run().json().getBytes(StandardCharsets.UTF_8),
            rounds(checkpoint.rounds()),
            vector(checkpoint.vector(), folder),
            MaskFile.encode(checkpoint.head().masks()));
    int length = 20 + sections.stream().mapToInt(section -> Integer.BYTES + section.length).sum();
    byte[] bytes = new byte[length + DIGEST_BYTES];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put("ESPLCKPT".getBytes(StandardCharsets.US_ASCII));
    out.putInt(number).putLong(checkpoint.head().step());
    sections.forEach(section -> out.putInt(section.length).put(section));
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, 0, length);
    out.put(digest.digest());
    return bytes;
  }

  private byte[] rounds(List<RoundRow> rounds) {
    int most = rounds.stream().mapToInt(RoundRow::encodedSize).sum();
    ByteBuffer out = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
    rounds.forEach(
        round -> {
          put(round, out);
          putRest(round, out);
        });
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

  private static RoundRow uncounted(
      RoundRow row, double broadcastSeconds, double waitSeconds, double optimiserSeconds) {
    return with(row, broadcastSeconds, waitSeconds, optimiserSeconds, 0, 0);
  }

  private static RoundRow with(
      RoundRow row,
      double broadcastSeconds,
      double waitSeconds,
      double optimiserSeconds,
      long multiplyAdds,
      long multiplyAddsLeftOut) {
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
        broadcastSeconds,
        waitSeconds,
        optimiserSeconds,
        multiplyAdds,
        multiplyAddsLeftOut,
        0);
  }
}
