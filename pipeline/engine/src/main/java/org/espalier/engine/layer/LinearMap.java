package org.espalier.engine.layer;

import org.espalier.engine.kernel.Values;

/** A map that is linear in its input and in its weights, on own kernels. */
interface LinearMap extends AutoCloseable {
  void forward(Values x, Values weights, Values y);

  void backwardInput(Values delta, Values weights, Values inputGradient);

  void backwardWeights(Values x, Values delta, Values weightGradient);

  @Override
  void close();
}
