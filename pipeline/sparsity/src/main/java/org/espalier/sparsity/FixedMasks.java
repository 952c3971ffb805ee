package org.espalier.sparsity;

/**
 * Trains with given masks from the first step to the last: lottery tickets and training from
 * scratch ("The State of Sparsity", section 6; Frankle and Carbin 2019).
 *
 * <p>Memory: one bit per weight.
 *
 * @param masks of exactly the network's sparse tensors
 */
public record FixedMasks(MaskSet masks) implements MaskingMethod {
  @Override
  public void validate(SparseTensors tensors, long lastStep) {
    masks.requireFits(tensors);
  }

  @Override
  public MaskSet initial(AveragedState state) {
    masks.requireFits(state.tensors());
    return masks;
  }

  @Override
  public boolean due(long step) {
    return false;
  }

  @Override
  public MaskSet next(AveragedState state) {
    return masks;
  }

  @Override
  public String toString() {
    return "fixed(" + masks.sha256().substring(0, 16) + ", sparsity=" + masks.sparsity() + ")";
  }
}
