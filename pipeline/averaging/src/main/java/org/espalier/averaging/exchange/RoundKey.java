package org.espalier.averaging.exchange;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * One try at one round of a run. What belongs to an older key is out of date.
 *
 * @param run number of the run, drawn at random: who knows it belongs to the run
 * @param round index of the round
 * @param attempt 0 for the first try at the round
 */
public record RoundKey(long run, long round, int attempt)
    implements Comparable<RoundKey>, Serializable {
  private static final long serialVersionUID = 1L;
  private static final Comparator<RoundKey> ORDER =
      Comparator.comparingLong(RoundKey::run)
          .thenComparingLong(RoundKey::round)
          .thenComparingInt(RoundKey::attempt);

  /** Bytes that a key takes in a message. */
  public static final int BYTES = 2 * Long.BYTES + Integer.BYTES;

  /** For example {@code round 3, try 0}; the run's number is not for logs. */
  @Override
  public String toString() {
    return "round %d, try %d".formatted(round, attempt);
  }

  /** Whether this is a later round than another, or a later try at the same. */
  public boolean isAfter(RoundKey other) {
    return compareTo(other) > 0;
  }

  /** Older runs, rounds and tries come first. */
  @Override
  public int compareTo(RoundKey other) {
    return ORDER.compare(this, other);
  }

  /** Writes this in {@value #BYTES} bytes. */
  public void write(ByteBuffer out) {
    out.putLong(run).putLong(round).putInt(attempt);
  }

  /** The key that a message goes on with. */
  public static RoundKey read(ByteBuffer in) {
    return new RoundKey(in.getLong(), in.getLong(), in.getInt());
  }
}
