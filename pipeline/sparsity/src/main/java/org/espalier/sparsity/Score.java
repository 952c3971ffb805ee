package org.espalier.sparsity;

/** How much each weight matters: those with the highest scores are kept. */
@FunctionalInterface
public interface Score {
  /**
   * Writes the scores of one tensor's weights.
   *
   * <p>A pure function of the tensor: it may be asked for the same tensor several times. Scores are
   * ordered as numbers, infinities included; a NaN ends the run as diverged.
   *
   * @param scores receives the score of flat index i of the tensor at position i; it may be longer
   *     than the tensor
   */
  void fill(SparseTensor tensor, float[] scores);
}
