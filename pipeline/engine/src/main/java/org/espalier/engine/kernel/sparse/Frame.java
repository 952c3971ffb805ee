package org.espalier.engine.kernel.sparse;

/**
 * What the sums of a product begin with, and what they are at least.
 *
 * @param initial `[rows]`
 * @param floor 0 for ReLU, negative infinity for none
 */
public record Frame(float[] initial, float floor) {
  /** Sums that begin with zero, of any sign. */
  public static Frame plain(int rows) {
    return new Frame(new float[rows], Float.NEGATIVE_INFINITY);
  }
}
