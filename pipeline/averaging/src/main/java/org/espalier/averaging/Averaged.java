package org.espalier.averaging;

import org.espalier.engine.optimiser.UpdatePlan;

/** What of the workers is averaged. */
public sealed interface Averaged {
  /** Parameters and optimiser state, after every round. */
  record Parameters() implements Averaged {}

  /**
   * Gradients, after every step: one optimiser for all workers, as if one process had trained on
   * the batches of all of them.
   *
   * @param plan how parameters are updated
   */
  record Gradients(UpdatePlan plan) implements Averaged {}
}
