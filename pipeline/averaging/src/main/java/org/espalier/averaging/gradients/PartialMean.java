package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.espalier.engine.replica.FlatVector;

/**
 * The mean gradient of one shard over some workers.
 *
 * @param workers whose
 * @param weight examples or tokens that it is the mean over; 0 if there were none, and then no
 *     values
 * @param message holds the values behind room for a header, so that they can be sent where they are
 */
record PartialMean(WorkerRange workers, long weight, ByteBuffer message) {
  /** Where the values begin. */
  static final int HEADER = 1 + GradientHeader.BYTES;

  /** Length of a message of so many values. */
  static int room(int values) {
    return HEADER + Math.multiplyExact(values, Float.BYTES);
  }

  /** The same values as those of more workers, the others of which had no examples. */
  PartialMean of(WorkerRange more) {
    return new PartialMean(more, weight, message);
  }

  /** A view of the values. */
  FloatBuffer values(int count) {
    return weight == 0
        ? FloatBuffer.allocate(0)
        : FlatVector.floats(message.slice(HEADER, count * Float.BYTES));
  }
}
