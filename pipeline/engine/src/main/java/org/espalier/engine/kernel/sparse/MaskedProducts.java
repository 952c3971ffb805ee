package org.espalier.engine.kernel.sparse;

import java.util.Locale;

/**
 * Whether the products of a tensor leave masked weights out. Both ways give other last bits, so the
 * choice is a function of shape and density alone, the same on every machine.
 */
public enum MaskedProducts {
  /** Where that is faster. */
  AUTO {
    @Override
    public boolean leaveOut(long kept, int length) {
      return length >= SMALL && kept <= MOST_KEPT * length;
    }
  },
  /** Never: masked weights are multiplied as zeros. */
  DENSE {
    @Override
    public boolean leaveOut(long kept, int length) {
      return false;
    }
  },
  /** Whenever a mask is held. */
  SPARSE {
    @Override
    public boolean leaveOut(long kept, int length) {
      return kept < length;
    }
  };

  /**
   * The largest part of a tensor's weights that is kept where {@link #AUTO} leaves the others out.
   */
  public static final double MOST_KEPT = 0.25;

  /** Below so many weights, activations cost more to turn than products to compute. */
  private static final int SMALL = 4096;

  /**
   * Whether the products of a tensor leave masked weights out.
   *
   * @param kept number of kept weights
   * @param length number of weights
   */
  public abstract boolean leaveOut(long kept, int length);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
