package org.espalier.averaging.exchange;

import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * One try at one round of a run. What belongs to an older key is out of date.
 *
 * @param run number of the run, unique in its application
 * @param round index of the round
 * @param attempt 0 for the first try at the round
 */
public record RoundKey(long run, long round, int attempt) implements Serializable {
  private static final long serialVersionUID = 1L;
  static final int BYTES = 2 * Long.BYTES + Integer.BYTES;

  boolean isAfter(RoundKey other) {
    return round != other.round ? round > other.round : attempt > other.attempt;
  }

  void write(ByteBuffer out) {
    out.putLong(run).putLong(round).putInt(attempt);
  }

  static RoundKey read(ByteBuffer in) {
    return new RoundKey(in.getLong(), in.getLong(), in.getInt());
  }
}
