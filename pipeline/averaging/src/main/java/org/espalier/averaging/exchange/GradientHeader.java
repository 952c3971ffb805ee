package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;

/**
 * The header of the mean gradient of one shard over some workers in one step.
 *
 * @param key the try at the stretch
 * @param step number of steps before this one
 * @param shard position of the shard
 * @param workers whose
 * @param weight examples or tokens that the gradient is the mean over; 0 if there were none, and
 *     then no values
 */
record GradientHeader(RoundKey key, long step, int shard, WorkerRange workers, long weight) {
  static final int BYTES = RoundKey.BYTES + 2 * Long.BYTES + Integer.BYTES + WorkerRange.BYTES;

  void write(ByteBuffer out) {
    key.write(out);
    out.putLong(step).putInt(shard);
    workers.write(out);
    out.putLong(weight);
  }

  static GradientHeader read(ByteBuffer in) {
    return new GradientHeader(
        RoundKey.read(in), in.getLong(), in.getInt(), WorkerRange.read(in), in.getLong());
  }
}
