package org.espalier.sparsity;

import java.util.List;
import java.util.Optional;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.ValueKind;

/**
 * Trains with given masks from the first step to the last: lottery tickets and training from
 * scratch ("The State of Sparsity", section 6; Frankle and Carbin 2019).
 *
 * <p>Memory: one bit per weight.
 *
 * @param masks of exactly the network's sparse tensors
 */
public record FixedMasks(MaskSet masks) implements MaskingMethod {
  /** Where the masks come from. */
  public static final Key<String> KEY =
      Key.of(
          "sparsity.masks",
          ValueKind.text(),
          "none",
          "masks of the method fixed: a mask file, or the folder of a run or an export, or none");

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
  public Optional<List<Integer>> keptAtEnd(SparseTensors tensors) {
    masks.requireFits(tensors);
    return Optional.of(tensors.names().stream().map(name -> masks.mask(name).kept()).toList());
  }

  @Override
  public String toString() {
    return "fixed(" + masks.sha256().substring(0, 16) + ", sparsity=" + masks.sparsity() + ")";
  }

  /** {@code sparsity.method = fixed}. */
  public static final class Provider implements MaskingMethodProvider {
    @Override
    public String name() {
      return "fixed";
    }

    @Override
    public Keys keys() {
      return Keys.of(MaskedGradient.KEY, KEY);
    }

    @Override
    public String insteadOfTarget() {
      return "its sparsity is that of sparsity.masks; remove the target";
    }

    @Override
    public MaskingMethod create(MaskingContext context) {
      return new FixedMasks(context.masks());
    }
  }
}
