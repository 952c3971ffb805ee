package org.espalier.sparsity;

/**
 * Gradual pruning that is fast while much is redundant and slow at the end: with p = (step - begin)
 * / (end - begin) clipped to [0, 1], the sparsity is final * (1 - (1 - p)^3).
 *
 * <p>Zhu and Gupta 2017, equation 1, from sparsity 0 and with exponent 3 as in all runs of "The
 * State of Sparsity".
 *
 * @param begin last step without sparsity, at least 0
 * @param end first step at the final sparsity, at least {@code begin}
 * @param finalSparsity fraction of zeros from {@code end} on, in [0, 1)
 */
public record CubicSchedule(long begin, long end, double finalSparsity)
    implements SparsitySchedule {
  /** Refuses steps out of order and a sparsity outside [0, 1). */
  public CubicSchedule {
    Bounds.requireOrder("a cubic schedule", begin, end);
    Bounds.requireSparsity("the final sparsity", finalSparsity);
  }

  @Override
  public double sparsityAt(long step) {
    if (step >= end) {
      return finalSparsity;
    }
    if (step <= begin) {
      return 0;
    }
    double remaining = 1 - (double) (step - begin) / (end - begin);
    return finalSparsity * (1 - remaining * remaining * remaining);
  }

  @Override
  public String toString() {
    return "cubic(begin=" + begin + ", end=" + end + ", final=" + finalSparsity + ")";
  }
}
