package org.espalier.sparsity;

/**
 * Which weights of a tensor are kept, given their scores and how many there should be.
 *
 * <p>A selection with a pattern of its own (N of every M weights, blocks) may keep another number
 * than asked for; whoever reports sparsity counts the mask. Stateless.
 */
public interface Selection {
  /** The mask of one tensor. */
  Mask select(SparseTensor tensor, Scores scores, int kept);

  /** Exactly the asked-for number of highest-ranked weights; see {@link Scores#highest}. */
  static Selection exact() {
    return ExactSelection.INSTANCE;
  }
}
