package org.espalier.sparsity;

import java.util.Arrays;

/**
 * Magnitude pruning with scores that can be compared between tensors: a weight's square, divided by
 * the sum of the squares of all weights of its tensor that are at least as large.
 *
 * <p>Lee et al. 2021, "Layer-adaptive Sparsity for the Magnitude-based Pruning", section 2: the
 * LAMP score. The largest weight of every tensor scores 1, so no tensor is emptied before all have
 * come down to one weight. Inside a tensor the order is that of magnitudes, so the score makes a
 * difference under the distribution {@code global} alone.
 *
 * <p>Memory: one bit per weight for the mask; a float and a long per weight of the longest tensor
 * during an update.
 *
 * @param plan how sparse and when
 */
record LampPruning(PruningPlan plan) implements MaskingMethod {
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
    return plan.masks(state, (tensor, scores) -> scores(weights, tensor, scores));
  }

  /** Goes through a tensor from its largest weight down; equals count from the lower index on. */
  private static void scores(float[] weights, SparseTensor tensor, float[] scores) {
    long[] ascending = new long[tensor.length()];
    for (int i = 0; i < ascending.length; i++) {
      long magnitude = Float.floatToIntBits(Math.abs(weights[tensor.offset() + i]));
      ascending[i] = magnitude << Integer.SIZE | (Integer.MAX_VALUE - i);
    }
    Arrays.sort(ascending);
    double atLeastAsLarge = 0;
    for (int rank = ascending.length - 1; rank >= 0; rank--) {
      int i = Integer.MAX_VALUE - (int) ascending[rank];
      double square = (double) weights[tensor.offset() + i] * weights[tensor.offset() + i];
      atLeastAsLarge += square;
      scores[i] = square == 0 ? 0 : (float) (square / atLeastAsLarge);
    }
  }

  @Override
  public String toString() {
    return "lamp(" + plan + ")";
  }

  /** {@code sparsity.method = lamp}. */
  public static final class Provider implements PruningMethodProvider {
    @Override
    public String name() {
      return "lamp";
    }

    @Override
    public MaskingMethod create(PruningPlan plan, MaskingContext context) {
      return new LampPruning(plan);
    }
  }
}
