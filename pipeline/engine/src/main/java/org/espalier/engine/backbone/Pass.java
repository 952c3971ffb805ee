package org.espalier.engine.backbone;

/** What a node computes for one batch. */
interface Pass {
  /** By the weights and moments of training; keeps what the backward pass needs. */
  void train();

  /** By those of evaluation. */
  void evaluate();

  /** From the gradient of its result to those of what it read and of its tensors. */
  void backward();

  /** Frees what it holds beside the maps. */
  default void close() {}
}
