package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.espalier.engine.replica.FlatVector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vector that a round begins with, in a process that several of its tasks may run in: fetched
 * once. Thread-safe.
 */
final class RoundVector {
  private static final Logger LOG = LoggerFactory.getLogger(RoundVector.class);

  private RoundKey held;
  private byte[] bytes = new byte[0];

  /** Gets the average of a round ready; a task that needs it will see why that was not possible. */
  void tryAfter(LandedRound round) {
    try {
      after(round);
    } catch (LostSlices e) {
      LOG.debug("the average of {} is not to be had yet", round.key(), e);
    }
  }

  /** The average of a round; valid until that of a later one is asked for. */
  synchronized FloatBuffer after(LandedRound round) {
    if (!round.key().equals(held)) {
      held = null;
      int length = round.layout().length() * Float.BYTES;
      if (bytes.length != length) {
        bytes = new byte[length];
      }
      Means.fetch(round, ByteBuffer.wrap(bytes));
      held = round.key();
    }
    return FlatVector.floats(ByteBuffer.wrap(bytes)).asReadOnlyBuffer();
  }
}
