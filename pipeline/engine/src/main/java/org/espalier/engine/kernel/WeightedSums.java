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
   * The mean of two vectors, {@code one = (weight one + otherWeight two) / (weight + otherWeight)}:
   * computed in float64 and rounded once, or, where the weights are equal, as half of the sum,
   * which is rounded once as well. {@code one} is read and put from index 0, whatever the position.
   */
  public void mix(FloatBuffer one, long weight, Pieces two, long otherWeight) {
    for (int from = 0; from < two.length(); from += CHUNK) {
      int count = Math.min(CHUNK, two.length() - from);
      one.get(from, chunk, 0, count);
      two.read(from, other, count);
      if (weight == otherWeight) {
        halve(count);
      } else {
        double all = (double) weight + otherWeight;
        weigh(weight / all, otherWeight / all, count);
      }
      one.put(from, chunk, 0, count);
    }
  }

  private void halve(int count) {
    for (int i = 0; i < count; i++) {
      chunk[i] = (chunk[i] + other[i]) * 0.5f;
    }
  }

  private void weigh(double share, double otherShare, int count) {
    for (int i = 0; i < count; i++) {
      chunk[i] = (float) (chunk[i] * share + other[i] * otherShare);
    }
  }

  /** {@code one = two}, put from index 0, whatever the position. */
  public void copy(FloatBuffer one, Pieces two) {
    for (int from = 0; from < two.length(); from += CHUNK) {
      int count = Math.min(CHUNK, two.length() - from);
      two.read(from, chunk, count);
      one.put(from, chunk, 0, count);
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
