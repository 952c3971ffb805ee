package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.espalier.training.FlatVector;

/**
 * The vector that a round begins with, in a process that several of its tasks may run in: fetched
 * once. Thread-safe.
 */
final class RoundVector {
  private RoundKey held;
  private byte[] bytes = new byte[0];

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
