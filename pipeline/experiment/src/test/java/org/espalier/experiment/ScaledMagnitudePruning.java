package org.espalier.experiment;

import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.ValueKind;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskingContext;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.PruningMethodProvider;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.SparseTensors;

/**
 * A method as a user would add it, with a knob of its own: magnitudes times a power of the number
 * of inputs, so that one ranking through all tensors compares weights by what they contribute.
 *
 * @param exponent of the number of inputs
 */
record ScaledMagnitudePruning(PruningPlan plan, double exponent) implements MaskingMethod {
  private static final Key<Double> EXPONENT =
      Key.of(
          "sparsity.inputExponent",
          ValueKind.number("from 0 to 2", x -> x >= 0 && x <= 2),
          "0.5",
          "power of a tensor's inputs that its magnitudes are multiplied by");

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

  private void scores(float[] weights, SparseTensor tensor, float[] scores) {
    float scale = (float) Math.pow(tensor.inputs(), exponent);
    for (int i = 0; i < tensor.length(); i++) {
      scores[i] = Math.abs(weights[tensor.offset() + i]) * scale;
    }
  }

  /** {@code sparsity.method = scaled-magnitude}. */
  public static final class Provider implements PruningMethodProvider {
    @Override
    public String name() {
      return "scaled-magnitude";
    }

    @Override
    public Keys keys() {
      return PruningMethodProvider.super.keys().and(EXPONENT);
    }

    @Override
    public MaskingMethod create(PruningPlan plan, MaskingContext context) {
      return new ScaledMagnitudePruning(plan, context.settings().value(EXPONENT));
    }
  }
}
