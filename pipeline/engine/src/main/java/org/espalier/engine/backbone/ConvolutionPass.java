package org.espalier.engine.backbone;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapConvolutionShape;
import org.espalier.engine.layer.CountedMap;
import org.espalier.engine.sparse.Activations;
import org.espalier.engine.sparse.Order;
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
  private boolean leavesOut;

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
    MapLinear linear = new MapLinear(host.kernels(), shape, x.layout(), y.layout(), into);
    this.map = new CountedMap(linear, host.count(node.name()));
    this.affine = Affine.linear(map, Sharing.NONE);
  }

  @Override
  public void train() {
    leavesOut = weights.leavesOut(map);
    if (leavesOut) {
      weights.forwardKept(affine, kept(x.values()), kept(y.values()));
    } else {
      weights.train(affine, x.values(), y.values());
    }
  }

  @Override
  public void evaluate() {
    leavesOut = weights.leavesOut(map);
    if (leavesOut) {
      weights.forwardKept(affine, kept(x.values()), kept(y.values()));
    } else {
      weights.evaluate(affine, x.values(), y.values());
    }
  }

  /** Whether the products of the last pass left masked weights out. */
  boolean leavesOut() {
    return leavesOut;
  }

  @Override
  public void backward() {
    Values below = differentiable ? x.gradient(inputSlot) : null;
    if (leavesOut) {
      Activations input = below == null ? null : kept(below);
      weights.backwardKept(affine, kept(y.gradient(slot)), input);
    } else {
      weights.backward(affine, x.values(), y.values(), y.gradient(slot), below);
    }
  }

  private static Activations kept(Values maps) {
    return new Activations(maps, Order.FEATURES);
  }

  @Override
  public void close() {
    map.close();
  }
}
