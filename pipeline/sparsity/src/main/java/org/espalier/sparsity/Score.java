package org.espalier.sparsity;

import org.espalier.base.Mix64;

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

  /** A score in [0, 1) that is drawn: a function of key and index. */
  static float uniform(long key, long index) {
    return (Mix64.at(key, index) >>> 40) * 0x1.0p-24f;
  }
}
