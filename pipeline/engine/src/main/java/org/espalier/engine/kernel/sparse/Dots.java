package org.espalier.engine.kernel.sparse;

/**
 * The gradients of kept weights, which products over the positions of a batch are added up to.
 *
 * @param sums `[entries]`, in the order of the structure
 * @param lanes {@link #lanes} of one thread
 */
public record Dots(float[] sums, float[] lanes) {
  /** Entries of neighbouring rows that are summed up together, where a row has fewer. */
  private static final int TOGETHER = 96;

  /** Scratch for a structure whose fullest row has so many entries. */
  public static float[] lanes(int widest) {
    return new float[(Math.max(TOGETHER, widest) + 1) * SparseLanes.GROUP];
  }

  /** Entries that the scratch has a group for; one more group may be read, and is not used. */
  public int entries() {
    return lanes.length / SparseLanes.GROUP - 1;
  }
}
