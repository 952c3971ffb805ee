package org.espalier.engine.weights;

import org.espalier.engine.kernel.Convolution;
import org.espalier.engine.kernel.Values;

/**
 * A convolution.
 *
 * @param convolution which the map owns
 * @param outputs channels of its result
 */
public record ConvolutionMap(Convolution convolution, int outputs) implements LinearMap {
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
