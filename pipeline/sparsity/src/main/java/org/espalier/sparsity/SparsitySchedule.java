package org.espalier.sparsity;

import org.espalier.base.Refusal;

/**
 * How sparse the network is to be at a training step, before a {@link Distribution} turns that into
 * counts per tensor. When masks are really brought to that sparsity is said by {@link UpdateSteps}.
 *
 * <p>Steps count finished optimiser steps: step 0 is the initialised network. An implementation is
 * a pure function of the step and never decreases.
 */
public interface SparsitySchedule {
  /** The sparsity that is due after {@code step} optimiser steps, in [0, 1). */
  double sparsityAt(long step);

  /** The sparsity that the schedule leads to, in [0, 1). */
  double finalSparsity();

  /** The first step from which on {@link #sparsityAt} is {@link #finalSparsity}. */
  long end();

  /**
   * Checks that a run of {@code lastStep} steps lives to see the schedule's end.
   *
   * @throws Refusal if it does not
   */
  default void validate(long lastStep) {
    if (end() > lastStep) {
      throw new Refusal(
          "Cannot follow "
              + this
              + ": it ends at step "
              + end()
              + " and training at step "
              + lastStep
              + "; end the schedule earlier or train longer.");
    }
  }
}
