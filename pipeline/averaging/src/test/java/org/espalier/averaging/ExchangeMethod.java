package org.espalier.averaging;

import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.Regrowth;
import org.espalier.sparsity.SparseTensors;

/** What SET and RigL will say of themselves. */
public record ExchangeMethod(boolean needsGradients, Regrowth regrowth) implements MaskingMethod {
  @Override
  public void validate(SparseTensors tensors, long lastStep) {}

  @Override
  public MaskSet initial(AveragedState state) {
    if (needsGradients) {
      state.gradients();
    }
    return state.masks();
  }

  @Override
  public boolean due(long step) {
    return true;
  }

  @Override
  public MaskSet next(AveragedState state) {
    return initial(state);
  }

  @Override
  public String toString() {
    return "exchange";
  }
}
