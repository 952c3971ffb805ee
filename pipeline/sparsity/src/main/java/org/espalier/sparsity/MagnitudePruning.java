package org.espalier.sparsity;

import java.util.List;
import java.util.Optional;

/**
 * Keeps the weights of largest magnitude: score = |w|.
 *
 * <p>Zhu and Gupta 2017, as used in "The State of Sparsity", section 3.1: raw weights of masked
 * positions take part in every ranking, so a weight comes back when it outgrows one that is kept.
 *
 * <p>Memory: one bit per weight for the mask, one float per weight of the longest tensor during an
 * update.
 *
 * @param plan how sparse and when
 */
public record MagnitudePruning(PruningPlan plan) implements MaskingMethod {
  @Override
  public void validate(SparseTensors tensors, long lastStep) {
    plan.validate(tensors, lastStep);
  }

  @Override
  public MaskSet initial(AveragedState state) {
    return next(state);
  }

  @Override
  public boolean due(long step) {
    return plan.updates().due(step);
  }

  @Override
  public MaskSet next(AveragedState state) {
    float[] weights = state.weights();
    return plan.masks(state, (tensor, scores) -> magnitudes(weights, tensor, scores));
  }

  private static void magnitudes(float[] weights, SparseTensor tensor, float[] scores) {
    int offset = tensor.offset();
    for (int i = 0; i < tensor.length(); i++) {
      scores[i] = Math.abs(weights[offset + i]);
    }
  }

  @Override
  public Optional<List<Integer>> keptAtEnd(SparseTensors tensors) {
    return plan.keptAtEnd(tensors);
  }

  @Override
  public String toString() {
    return "magnitude(" + plan + ")";
  }

  /** {@code sparsity.method = magnitude}. */
  public static final class Provider implements PruningMethodProvider {
    @Override
    public String name() {
      return "magnitude";
    }

    @Override
    public MaskingMethod create(PruningPlan plan, MaskingContext context) {
      return new MagnitudePruning(plan);
    }
  }
}
