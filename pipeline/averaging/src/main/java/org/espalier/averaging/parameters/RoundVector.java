package org.espalier.averaging.parameters;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.function.BiConsumer;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.exchange.RunFailure;
import org.espalier.engine.replica.FlatVector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vector that a round begins with, in a process that several of its tasks may run in: fetched
 * once. Thread-safe.
 */
final class RoundVector {
  private static final Logger LOG = LoggerFactory.getLogger(RoundVector.class);

  private final BiConsumer<ReducedRound, ByteBuffer> fetch;
  private RoundKey newest;
  private boolean fetched;
  private byte[] bytes = new byte[0];

  RoundVector() {
    this(AllGather::fetch);
  }

  /**
   * @param fetch puts the average of a round into a buffer, or throws {@link LostShards}
   */
  RoundVector(BiConsumer<ReducedRound, ByteBuffer> fetch) {
    this.fetch = fetch;
  }

  /** Gets the average of a round ready; a task that needs it will see why that was not possible. */
  void tryAfter(ReducedRound round) {
    try {
      after(round);
    } catch (RunFailure e) {
      LOG.debug("the average of {} is not to be had", round.key(), e);
    }
  }

  /**
   * The average of a round; valid until that of a later one is asked for.
   *
   * @throws LostShards if that of a later one was asked for before, whose tasks read it now, or a
   *     shard is not to be had
   */
  synchronized FloatBuffer after(ReducedRound round) {
    RoundKey key = round.key();
    if (newest != null && newest.isAfter(key)) {
      throw new LostShards(
          "Cannot begin with the average of %s: that of %s has taken its place"
              .formatted(key, newest));
    }
    if (!key.equals(newest) || !fetched) {
      newest = key;
      fetched = false;
      int length = round.layout().length() * Float.BYTES;
      if (bytes.length != length) {
        bytes = new byte[length];
      }
      fetch.accept(round, ByteBuffer.wrap(bytes));
      fetched = true;
    }
    return FlatVector.floats(ByteBuffer.wrap(bytes)).asReadOnlyBuffer();
  }
}
