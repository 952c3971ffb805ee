package org.espalier.engine.kernel;

import java.nio.FloatBuffer;

/**
 * Weighted means of float32 vectors, summed in float64. Fast and plain kernels do the same
 * operations in the same order and give the same bits. Used by one thread at a time.
 */
public final class WeightedSums {
  private static final int CHUNK = 4096;

  private final LaneMath lanes;
  private final float[] chunk = new float[CHUNK];
  private final float[] other = new float[CHUNK];
  private final float[] mixed = new float[CHUNK];

  WeightedSums(LaneMath lanes) {
    this.lanes = lanes;
  }

  /** {@code sums += values * weight}; values are read from index 0, whatever the position. */
  public void add(FloatBuffer values, double weight, double[] sums) {
    for (int from = 0; from < sums.length; from += CHUNK) {
      int count = Math.min(CHUNK, sums.length - from);
      values.get(from, chunk, 0, count);
      lanes.addWeighted(chunk, weight, sums, from, count);
    }
  }

  /**
   * {@code one = one * share + two * otherShare}, computed in float64; both are read from their
   * positions on, as many values as {@code one} has left.
   */
  public void mix(FloatBuffer one, double share, FloatBuffer two, double otherShare) {
    for (int from = 0; from < one.remaining(); from += CHUNK) {
      int count = Math.min(CHUNK, one.remaining() - from);
      one.get(one.position() + from, chunk, 0, count);
      two.get(two.position() + from, other, 0, count);
      lanes.mix(chunk, share, other, otherShare, mixed, count);
      one.put(one.position() + from, mixed, 0, count);
    }
  }

  /** {@code means = sums / weight}; means are put from index 0, whatever the position. */
  public void divide(double[] sums, double weight, FloatBuffer means) {
    for (int from = 0; from < sums.length; from += CHUNK) {
      int count = Math.min(CHUNK, sums.length - from);
      lanes.divide(sums, from, weight, chunk, count);
      means.put(from, chunk, 0, count);
    }
  }
}
