package org.espalier.engine.layer;

import org.espalier.engine.kernel.Convolution;
import org.espalier.engine.kernel.Values;

/** A convolution, which it owns. */
record ConvolutionMap(Convolution convolution) implements LinearMap {
  @Override
  public void forward(Values x, Values weights, Values y) {
    convolution.forward(x, weights, y);
  }

  @Override
  public void backwardInput(Values delta, Values weights, Values inputGradient) {
    convolution.backwardImages(delta, weights, inputGradient);
  }

  @Override
  public void backwardWeights(Values x, Values delta, Values weightGradient) {
    convolution.backwardKernels(x, delta, weightGradient);
  }

  @Override
  public void close() {
    convolution.close();
  }
}
