package org.espalier.sparsity;

/**
 * The same sparsity from the initialised network on: training a sparse network from scratch, and
 * methods that exchange weights at constant sparsity.
 *
 * @param finalSparsity fraction of zeros at every step, in [0, 1)
 */
public record ConstantSchedule(double finalSparsity) implements SparsitySchedule {
  /** Refuses a sparsity outside [0, 1). */
  public ConstantSchedule {
    Bounds.requireSparsity("the sparsity", finalSparsity);
  }

  @Override
  public double sparsityAt(long step) {
    return finalSparsity;
  }

  @Override
  public long end() {
    return 0;
  }

  @Override
  public String toString() {
    return "constant(" + finalSparsity + ")";
  }
}
