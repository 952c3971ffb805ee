package org.espalier.results;

import java.util.List;
import java.util.Optional;

/**
 * Which weights an operating point has left.
 *
 * <p>Sparsity counts sparsifiable tensors only, as the paper does (biases and batch norm are left
 * out); compression counts the whole model (Blalock et al. 2020 ask for both).
 *
 * @param weights weights of all sparsifiable tensors
 * @param kept how many of these are not masked
 * @param alwaysDense parameters that no method removes: biases, batch norm ...
 * @param tensors the sparsifiable tensors in the network's order; empty where only the sums are
 *     known
 * @param inference multiply-adds of one example, where they are known
 */
public record ModelSize(
    long weights,
    long kept,
    long alwaysDense,
    List<TensorSize> tensors,
    Optional<InferenceCost> inference) {

  public ModelSize {
    Require.atLeast(0, weights, "a weight count");
    Require.keptOf(kept, weights, "the network");
    Require.atLeast(0, alwaysDense, "a count of always dense parameters");
    tensors = List.copyOf(tensors);
    if (!tensors.isEmpty() && (weights != sumOfWeights(tensors) || kept != sumOfKept(tensors))) {
      throw new IllegalArgumentException(
          "Cannot record %d kept of %d weights: the tensors hold %d of %d"
              .formatted(kept, weights, sumOfKept(tensors), sumOfWeights(tensors)));
    }
  }

  /** The size of a model from its sparsifiable tensors and its count of other parameters. */
  public static ModelSize of(List<TensorSize> tensors, long alwaysDense) {
    return new ModelSize(sumOfWeights(tensors), sumOfKept(tensors), alwaysDense, tensors);
  }

  /** A size whose multiply-adds are not known. */
  public ModelSize(long weights, long kept, long alwaysDense, List<TensorSize> tensors) {
    this(weights, kept, alwaysDense, tensors, Optional.empty());
  }

  /** The same size with these multiply-adds. */
  public ModelSize costing(Optional<InferenceCost> multiplyAdds) {
    return new ModelSize(weights, kept, alwaysDense, tensors, multiplyAdds);
  }

  /**
   * The fraction of sparsifiable weights that are zero (paper, appendix; 0 without any weights).
   */
  public double sparsity() {
    return weights == 0 ? 0 : 1 - (double) kept / weights;
  }

  /** All parameters of the model. */
  public long parameters() {
    return Math.addExact(weights, alwaysDense);
  }

  /** The parameters of the model that are not masked. */
  public long nonZeroParameters() {
    return Math.addExact(kept, alwaysDense);
  }

  /** All parameters over those that are not masked: 10 means a tenth is left. */
  public double compression() {
    return (double) parameters() / nonZeroParameters();
  }

  private static long sumOfWeights(List<TensorSize> tensors) {
    return tensors.stream().mapToLong(TensorSize::weights).reduce(0, Math::addExact);
  }

  private static long sumOfKept(List<TensorSize> tensors) {
    return tensors.stream().mapToLong(TensorSize::kept).reduce(0, Math::addExact);
  }
}
