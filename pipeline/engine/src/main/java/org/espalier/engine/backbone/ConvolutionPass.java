package org.espalier.engine.backbone;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapConvolutionShape;
import org.espalier.engine.layer.CountedMap;
import org.espalier.engine.weights.Affine;
import org.espalier.engine.weights.WeightTensor;

/** A {@link Node.Convolution}. */
final class ConvolutionPass implements Pass {
  private final WeightTensor weights;
  private final CountedMap map;
  private final Affine affine;
  private final NodeMaps x;
  private final NodeMaps y;
  private final boolean differentiable;
  private final int slot;
  private final int inputSlot;

  /**
   * @param differentiable whether what is convolved has a gradient: images have none
   */
  ConvolutionPass(
      Node.Convolution node,
      MapConvolutionShape shape,
      NodeMaps x,
      NodeMaps y,
      boolean differentiable,
      BackboneHost host) {
    this.weights = host.weights(node.name());
    this.x = x;
    this.y = y;
    this.differentiable = differentiable;
    this.slot = y.slot();
    Into into = x.isBegun() ? Into.ADD : Into.REPLACE;
    if (differentiable && !x.isBegun()) {
      x.begin();
    }
    this.inputSlot = x.slot();
    y.end();
    long kernels = (long) node.outputs() * x.layout().channels() * shape.elements();
    MapLinear linear =
        new MapLinear(
            host.kernels().convolution(shape, x.layout(), y.layout()),
            node.outputs(),
            kernels * y.layout().positions(),
            into);
    this.map = new CountedMap(linear, host.count(node.name()));
    this.affine = Affine.linear(map, Sharing.NONE);
  }

  @Override
  public void train() {
    weights.train(affine, x.values(), y.values());
  }

  @Override
  public void evaluate() {
    weights.evaluate(affine, x.values(), y.values());
  }

  @Override
  public void backward() {
    Values below = differentiable ? x.gradient(inputSlot) : null;
    weights.backward(affine, x.values(), y.values(), y.gradient(slot), below);
  }

  @Override
  public void close() {
    map.close();
  }
}
