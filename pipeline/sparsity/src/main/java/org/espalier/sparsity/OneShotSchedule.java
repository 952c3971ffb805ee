package org.espalier.sparsity;

/**
 * Dense until one step, at the final sparsity from that step on. Pair it with {@link
 * UpdateSteps#once}.
 *
 * @param step first step at the final sparsity, at least 0
 * @param finalSparsity fraction of zeros from {@code step} on, in [0, 1)
 */
public record OneShotSchedule(long step, double finalSparsity) implements SparsitySchedule {
  /** Refuses a negative step and a sparsity outside [0, 1). */
  public OneShotSchedule {
    Bounds.requireOrder("a one-shot schedule", step, step);
    Bounds.requireSparsity("the final sparsity", finalSparsity);
  }

  @Override
  public double sparsityAt(long at) {
    return at >= step ? finalSparsity : 0;
  }

  @Override
  public long end() {
    return step;
  }

  @Override
  public String toString() {
    return "one-shot(step=" + step + ", final=" + finalSparsity + ")";
  }
}
