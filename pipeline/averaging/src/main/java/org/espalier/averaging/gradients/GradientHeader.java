package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;
import org.espalier.averaging.exchange.RoundKey;

/**
 * The header of the mean gradient of one shard over some workers in one step.
 *
 * @param key the try at the stretch
 * @param step number of steps before this one
 * @param shard position of the shard
 * @param workers whose
 * @param weight examples or tokens that the gradient is the mean over; 0 if there were none, and
 *     then no values
 * @param firstDone as {@link FirstDone#ago}, where it comes from
 */
record GradientHeader(
    RoundKey key, long step, int shard, WorkerRange workers, long weight, long firstDone) {
  static final int BYTES = RoundKey.BYTES + 3 * Long.BYTES + Integer.BYTES + WorkerRange.BYTES;

  /** The header of a mean over more workers that goes on from here. */
  GradientHeader of(WorkerRange more, long moreWeight) {
    return new GradientHeader(key, step, shard, more, moreWeight, firstDone);
  }

  GradientHeader withFirstDone(long ago) {
    return new GradientHeader(key, step, shard, workers, weight, ago);
  }

  void write(ByteBuffer out) {
    key.write(out);
    out.putLong(step).putInt(shard);
    workers.write(out);
    out.putLong(weight).putLong(firstDone);
  }

  static GradientHeader read(ByteBuffer in) {
    return new GradientHeader(
        RoundKey.read(in),
        in.getLong(),
        in.getInt(),
        WorkerRange.read(in),
        in.getLong(),
        in.getLong());
  }
}
