package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;

/**
 * The header of a worker's gradient of one shard in one step.
 *
 * @param key the try at the stretch
 * @param step number of steps before this one
 * @param shard position of the shard
 * @param worker 0 ... W - 1
 * @param weight examples or tokens that the gradient is the mean over; 0 if there were none, and
 *     then no values
 */
record GradientHeader(RoundKey key, long step, int shard, int worker, long weight) {
  static final int BYTES = RoundKey.BYTES + 2 * Long.BYTES + 2 * Integer.BYTES;

  void write(ByteBuffer out) {
    key.write(out);
    out.putLong(step).putInt(shard).putInt(worker).putLong(weight);
  }

  static GradientHeader read(ByteBuffer in) {
    return new GradientHeader(
        RoundKey.read(in), in.getLong(), in.getInt(), in.getInt(), in.getLong());
  }
}
