package org.espalier.engine.weights;

import org.espalier.engine.kernel.Values;

/** A map that is linear in its input and in its weights, on own kernels. */
public interface LinearMap extends AutoCloseable {
  /** Values per row of y. */
  int outputs();

  /** {@code y = map(x, weights)}. */
  void forward(Values x, Values weights, Values y);

  /** The gradient of x from that of y. */
  void backwardInput(Values delta, Values weights, Values inputGradient);

  /** The gradient of the weights, summed over the batch, from that of y. */
  void backwardWeights(Values x, Values delta, Values weightGradient);

  @Override
  void close();
}
