package org.espalier.engine.replica;

import java.io.Serializable;

/**
 * Running means of channels and, in another part of the vector, how far values spread around them
 * (batch normalisation). Averaging the spreads of workers would lose what their means differ by;
 * they are merged from means and squares.
 *
 * @param mean where the means begin in the vector
 * @param spread where the spreads begin
 * @param channels number of each
 * @param form what a spread is
 */
public record RunningMoments(int mean, int spread, int channels, Form form)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What stands for the spread of a channel. */
  public enum Form {
    /** The variance. */
    VARIANCE((byte) 0) {
      @Override
      public double variance(double spread) {
        return spread;
      }

      @Override
      public double spread(double variance) {
        return variance;
      }
    },
    /** The decimal logarithm of the standard deviation, DL4J's default. */
    LOG10_DEVIATION((byte) 1) {
      @Override
      public double variance(double spread) {
        return Math.pow(10, 2 * spread);
      }

      @Override
      public double spread(double variance) {
        return Math.log10(Math.max(variance, Float.MIN_NORMAL)) / 2;
      }
    };

    private final byte code;

    Form(byte code) {
      this.code = code;
    }

    /** What the form is called on the wire. */
    public byte code() {
      return code;
    }

    /** The form of a code. */
    public static Form ofCode(byte code) {
      return code == VARIANCE.code ? VARIANCE : LOG10_DEVIATION;
    }

    /** The variance that a stored spread stands for. */
    public abstract double variance(double spread);

    /** The spread to store for a variance. */
    public abstract double spread(double variance);
  }

  /** The first entry of the vector that belongs to these moments. */
  public int start() {
    return Math.min(mean, spread);
  }

  /** The end (exclusive) of the entries that belong to these moments. */
  public int end() {
    return Math.max(mean, spread) + channels;
  }

  /** The same moments in a part of the vector that begins at {@code start}. */
  public RunningMoments from(int start) {
    return new RunningMoments(mean - start, spread - start, channels, form);
  }
}
