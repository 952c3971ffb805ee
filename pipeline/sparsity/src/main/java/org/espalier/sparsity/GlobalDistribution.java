package org.espalier.sparsity;

/**
 * One ranking through all tensors: together they keep floor(total length * (1 - sparsity)) weights,
 * and how many each of them keeps follows from the scores.
 *
 * <p>Among equal scores the lower position in the flat vector is kept. Whole tensors can become
 * empty at high sparsity. Cost: the scores are computed three more times.
 */
public record GlobalDistribution() implements Distribution {
  @Override
  public int[] kept(SparseTensors tensors, ScheduledSparsity sparsity, Scores scores) {
    return scores.countsOfHighest(tensors, ExactCount.kept(tensors.totalLength(), sparsity.now()));
  }

  @Override
  public boolean ranksAllTensors() {
    return true;
  }

  @Override
  public String toString() {
    return "global";
  }
}
