package org.espalier.sparsity;

/**
 * The same sparsity in every tensor: each keeps floor(length * (1 - sparsity)) weights, {@link
 * ExactCount}. "Layer-wise uniform" in "The State of Sparsity", section 3.
 */
public record UniformDistribution() implements Distribution {
  @Override
  public int[] kept(SparseTensors tensors, ScheduledSparsity sparsity, Scores scores) {
    int[] kept = new int[tensors.size()];
    for (int t = 0; t < kept.length; t++) {
      kept[t] = (int) ExactCount.kept(tensors.at(t).length(), sparsity.now());
    }
    return kept;
  }

  @Override
  public String toString() {
    return "uniform";
  }
}
