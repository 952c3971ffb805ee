package org.espalier.sparsity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Masks nothing, ever: the dense baseline. Memory: one bit per weight. */
public record Dense() implements MaskingMethod {
  @Override
  public void validate(SparseTensors tensors, long lastStep) {}

  @Override
  public MaskSet initial(AveragedState state) {
    return MaskSet.dense(state.tensors());
  }

  @Override
  public boolean due(long step) {
    return false;
  }

  @Override
  public MaskSet next(AveragedState state) {
    return MaskSet.dense(state.tensors());
  }

  @Override
  public Optional<List<Integer>> keptAtEnd(SparseTensors tensors) {
    List<Integer> all = new ArrayList<>();
    tensors.forEach(tensor -> all.add(tensor.length()));
    return Optional.of(all);
  }

  @Override
  public String toString() {
    return "dense";
  }

  /** {@code sparsity.method = dense}. */
  public static final class Provider implements MaskingMethodProvider {
    @Override
    public String name() {
      return "dense";
    }

    @Override
    public MaskingMethod create(MaskingContext context) {
      return new Dense();
    }
  }
}
