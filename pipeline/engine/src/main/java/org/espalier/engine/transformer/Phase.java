package org.espalier.engine.transformer;

/** What a forward pass is for. */
enum Phase {
  /** A step of training: weights are drawn where they are distributions, values are dropped. */
  TRAINING,
  /** Evaluation: weights are read, nothing is dropped. */
  EVALUATION
}
