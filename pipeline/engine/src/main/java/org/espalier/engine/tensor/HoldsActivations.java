package org.espalier.engine.tensor;

/** The configuration of a vertex that holds activations of its own in a step, beside its output. */
public interface HoldsActivations {
  /** Values per example that a training step holds at a time: results, and gradients at most. */
  long activations();

  /**
   * Values per example that any pass holds, and keeps for the next batch of the same size: results.
   */
  long results();
}
