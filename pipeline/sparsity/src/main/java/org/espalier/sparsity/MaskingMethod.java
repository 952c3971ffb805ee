package org.espalier.sparsity;

import java.util.List;
import java.util.Optional;

/**
 * A way to sparsify by masks. It answers one question: given the step, the averaged weights and the
 * current masks, what are the next masks?
 *
 * <p>An implementation is an immutable value that prints its configuration, and a pure function of
 * the {@link AveragedState}: asked again after a failure or in another process, it gives the same
 * masks. It is asked once per update, by one thread, about averaged parameters; workers receive the
 * result.
 */
public interface MaskingMethod {
  /**
   * Checks, before anything starts, that the method can sparsify this network in a run of {@code
   * lastStep} steps.
   *
   * @throws org.espalier.base.Refusal if it cannot
   */
  void validate(SparseTensors tensors, long lastStep);

  /** The masks of the first step, for a network at step 0 with dense masks. */
  MaskSet initial(AveragedState state);

  /** Whether the masks are to be updated after {@code step} optimiser steps. */
  boolean due(long step);

  /**
   * The masks after an update at the state's step.
   *
   * @throws NotANumberScoreException if the run has diverged
   */
  MaskSet next(AveragedState state);

  /**
   * Whether {@link #initial} and {@link #next} look at {@link AveragedState#gradients}, the
   * averaged gradients of the state's step.
   */
  default boolean needsGradients() {
    return false;
  }

  /**
   * How many weights of each tensor its masks keep when the run is over, in the order of {@code
   * tensors}; none where that depends on the weights, or is not known.
   */
  default Optional<List<Integer>> keptAtEnd(SparseTensors tensors) {
    return Optional.empty();
  }

  /** Which value a weight has that {@link #next} brings back. */
  default Regrowth regrowth() {
    return Regrowth.RAW_WEIGHT;
  }
}
