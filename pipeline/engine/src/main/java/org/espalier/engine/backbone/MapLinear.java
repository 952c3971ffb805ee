package org.espalier.engine.backbone;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapConvolution;
import org.espalier.engine.weights.LinearMap;

/** A convolution of feature maps as weight tensors apply it. */
final class MapLinear implements LinearMap {
  private final MapConvolution convolution;
  private final int outputs;
  private final long products;
  private final Into into;

  /**
   * @param outputs maps of a result
   * @param products multiply-adds of a pass
   * @param into what becomes of the gradient of what is convolved
   */
  MapLinear(MapConvolution convolution, int outputs, long products, Into into) {
    this.convolution = convolution;
    this.outputs = outputs;
    this.products = products;
    this.into = into;
  }

  /** One per map, of which there is a whole number in a result; no bias is added. */
  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public long products() {
    return products;
  }

  @Override
  public void forward(Values x, Values weights, Values y) {
    convolution.forward(x, weights, y);
  }

  @Override
  public void backwardInput(Values delta, Values weights, Values inputGradient) {
    convolution.backwardImages(delta, weights, inputGradient, into);
  }

  @Override
  public boolean adds() {
    return into == Into.ADD;
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
