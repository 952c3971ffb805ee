package org.espalier.jobs.bench.sparse;

/** A way to compute a layer; a backward pass follows the forward pass. */
interface LayerSide {
  /** Computes the output. */
  void forward();

  /** Computes the gradients of input and weights. */
  void backward();

  /** The batch, with the results of the last passes. */
  LayerBatch batch();

  /** The gradients of the kept weights, in flat order. */
  float[] keptGradient();
}
