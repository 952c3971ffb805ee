package org.espalier.engine.kernel;

import java.io.Serializable;
import org.espalier.base.Refusal;

/**
 * The number of parts into which a product or a batch is cut. The parts are computed by one thread
 * each and, where they are summed, summed in their order, so this number and not that of the
 * threads is part of what fixes the bits.
 *
 * @param count from 1 to {@value #MOST}
 */
public record Slices(int count) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The largest number of parts. */
  public static final int MOST = 64;

  /** The number where nothing else is said. */
  public static final Slices DEFAULT = new Slices(2);

  /**
   * Checks the number.
   *
   * @throws Refusal if it is out of range
   */
  public Slices {
    if (count < 1 || count > MOST) {
      throw new Refusal(
          "Cannot cut sums into %d slices: use a number from 1 to %d.".formatted(count, MOST));
    }
  }

  /** The first index of a slice when {@code length} is cut into {@code slices}. */
  public static int start(int slice, int slices, int length) {
    return (int) ((long) length * slice / slices);
  }
}
