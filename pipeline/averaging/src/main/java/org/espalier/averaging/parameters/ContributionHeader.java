package org.espalier.averaging.parameters;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.espalier.averaging.exchange.RoundKey;

/**
 * The header of what one worker hands in of one shard: everything but the values.
 *
 * @param key the try at the round that they belong to
 * @param shard position of the shard
 * @param size number of values in the shard
 * @param workers number of workers W
 * @param worker this one, 0 ... W - 1
 * @param weight of the worker's values: the examples or tokens that it trained on
 * @param shared the shard's header, which worker 0 sends and no other
 */
record ContributionHeader(
    RoundKey key,
    int shard,
    int size,
    int workers,
    int worker,
    long weight,
    Optional<ShardHeader> shared) {
  private static final int FIXED = RoundKey.BYTES + 4 * Integer.BYTES + Long.BYTES + 1;

  /** A shard is many times shorter. */
  private static final int MOST_VALUES = 1 << 24;

  private static final int MOST_WORKERS = 1 << 20;

  /** Length of the encoded form. */
  int bytes() {
    return FIXED + shared.map(ShardHeader::bytes).orElse(0);
  }

  void write(ByteBuffer out) {
    key.write(out);
    out.putInt(shard).putInt(size).putInt(workers).putInt(worker).putLong(weight);
    out.put((byte) (shared.isPresent() ? 1 : 0));
    shared.ifPresent(said -> said.write(out));
  }

  static ContributionHeader read(ByteBuffer in) {
    RoundKey key = RoundKey.read(in);
    int shard = in.getInt();
    int size = atMost(MOST_VALUES, in.getInt(), "values");
    int workers = atMost(MOST_WORKERS, in.getInt(), "workers");
    int worker = in.getInt();
    long weight = in.getLong();
    Optional<ShardHeader> shared =
        in.get() == 0 ? Optional.empty() : Optional.of(ShardHeader.read(in, size));
    return new ContributionHeader(key, shard, size, workers, worker, weight, shared);
  }

  private static int atMost(int most, int said, String what) {
    if (said < 0 || said > most) {
      throw new IllegalArgumentException(
          "Cannot read a contribution: it speaks of %d %s, and there are never more than %d"
              .formatted(said, what, most));
    }
    return said;
  }

  /** A copy that nobody else will overwrite. */
  ContributionHeader kept() {
    return new ContributionHeader(
        key, shard, size, workers, worker, weight, shared.map(ShardHeader::kept));
  }
}
