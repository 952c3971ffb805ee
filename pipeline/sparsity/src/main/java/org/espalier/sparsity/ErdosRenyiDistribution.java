package org.espalier.sparsity;

/**
 * Densities as in a random bipartite graph: thin tensors stay denser than wide ones.
 *
 * <p>The density of a tensor is epsilon * ratio, at most 1. Without the kernel the ratio is (inputs
 * + outputs) / (inputs * outputs) (SET: Mocanu et al. 2018), with it the sum of the shape over its
 * product (RigL: Evci et al. 2020, section 3); both agree for fully connected weights. Epsilon is
 * chosen such that all tensors together have the sparsity that is due; where a tensor would need
 * more than all of its weights it is dense and the others share the rest.
 *
 * @param ratio which of the two ratios
 */
public record ErdosRenyiDistribution(Ratio ratio) implements Distribution {
  /** What the density of a tensor is proportional to. */
  public enum Ratio {
    /** (inputs + outputs) / (inputs * outputs), without a convolution's window. */
    CHANNELS("erdos-renyi"),
    /** Sum of all dimensions / product of all dimensions. */
    KERNEL("erdos-renyi-kernel");

    private final String label;

    Ratio(String label) {
      this.label = label;
    }

    double of(SparseTensor tensor) {
      if (this == CHANNELS) {
        return 1.0 / tensor.inputs() + 1.0 / tensor.outputs();
      }
      double sum = 0;
      for (int size : tensor.shape()) {
        sum += size;
      }
      return sum / tensor.length();
    }
  }

  @Override
  public int[] kept(SparseTensors tensors, ScheduledSparsity sparsity, Scores scores) {
    double[] densities = densities(tensors, sparsity.now());
    int[] kept = new int[densities.length];
    for (int t = 0; t < kept.length; t++) {
      kept[t] = (int) ExactCount.kept(tensors.at(t).length(), 1 - densities[t]);
    }
    return kept;
  }

  /** The density of every tensor at a global sparsity, in the order of {@code tensors}. */
  double[] densities(SparseTensors tensors, double sparsity) {
    double[] densities = new double[tensors.size()];
    double budget = (1 - sparsity) * tensors.totalLength();
    boolean saturated = true;
    while (saturated) {
      double free = budget;
      double weighted = 0;
      for (int t = 0; t < densities.length; t++) {
        SparseTensor tensor = tensors.at(t);
        free -= densities[t] == 1 ? tensor.length() : 0;
        weighted += densities[t] == 1 ? 0 : ratio.of(tensor) * tensor.length();
      }
      saturated = false;
      for (int t = 0; t < densities.length; t++) {
        if (densities[t] != 1) {
          densities[t] = Math.min(1, free / weighted * ratio.of(tensors.at(t)));
          saturated |= densities[t] == 1;
        }
      }
    }
    return densities;
  }

  @Override
  public String toString() {
    return ratio.label;
  }
}
