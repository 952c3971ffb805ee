package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;

/**
 * What a process that owns shards says of a stretch.
 *
 * @param waitSeconds from the first task that had computed its gradients of a step to when the last
 *     one's were here, added up over the steps, of the average shard
 * @param optimiserSeconds what the optimiser's steps took its threads
 * @param bytesUp bytes of gradients that went on from here for a group
 * @param bytesDown bytes of parameters that were fetched for a group
 */
public record OwnerReport(
    double waitSeconds, double optimiserSeconds, long bytesUp, long bytesDown) {
  private static final int BYTES = 2 * Double.BYTES + 2 * Long.BYTES;

  ByteBuffer encoded() {
    return ByteBuffer.allocate(BYTES)
        .putDouble(waitSeconds)
        .putDouble(optimiserSeconds)
        .putLong(bytesUp)
        .putLong(bytesDown)
        .flip();
  }

  static OwnerReport read(ByteBuffer bytes) {
    return new OwnerReport(bytes.getDouble(), bytes.getDouble(), bytes.getLong(), bytes.getLong());
  }
}
