package org.espalier.sparsity;

/**
 * How the sparsity of the whole network is shared out among its tensors: a schedule's value becomes
 * a number of kept weights for each.
 *
 * <p>Scores are given because some distributions rank the weights of all tensors together; most do
 * not look at them. Stateless.
 */
public interface Distribution {
  /** How many weights each tensor keeps, in the order of {@code tensors}. */
  int[] kept(SparseTensors tensors, ScheduledSparsity sparsity, Scores scores);

  /** Whether it looks at scores, so that what a tensor keeps depends on the weights. */
  default boolean ranksAllTensors() {
    return false;
  }

  /**
   * Checks that the distribution can be used for this network and final sparsity.
   *
   * @throws org.espalier.base.Refusal if it cannot
   */
  default void validate(SparseTensors tensors, double finalSparsity) {}
}
