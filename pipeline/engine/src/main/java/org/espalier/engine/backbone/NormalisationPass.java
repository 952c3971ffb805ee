package org.espalier.engine.backbone;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapNormalisation;
import org.espalier.engine.kernel.maps.MapNormalisation.Affine;
import org.espalier.engine.kernel.maps.MapNormalisation.Moments;
import org.espalier.engine.kernel.maps.NormalisationShape;

/** A {@link Node.Normalisation}. */
final class NormalisationPass implements Pass {
  private static final double EPSILON = 1e-5;

  /** The share of running moments that stays in a step. */
  private static final double MOMENTUM = 0.9;

  private final Node.Normalisation node;
  private final MapNormalisation normalisation;
  private final NodeMaps x;
  private final NodeMaps y;
  private final NodeMaps addend;
  private final BackboneHost host;
  private final int slot;
  private final int inputSlot;
  private final Into into;
  private final PassedOn passedOn;

  /**
   * @param addend what is added, or null
   */
  NormalisationPass(
      Node.Normalisation node, NodeMaps x, NodeMaps y, NodeMaps addend, BackboneHost host) {
    this.node = node;
    this.x = x;
    this.y = y;
    this.addend = addend;
    this.host = host;
    this.normalisation =
        host.maps()
            .normalisation(
                new NormalisationShape(
                    x.layout(),
                    y.layout(),
                    addend == null ? y.layout() : addend.layout(),
                    node.activation(),
                    EPSILON));
    this.slot = y.slot();
    this.into = x.isBegun() ? Into.ADD : Into.REPLACE;
    if (!x.isBegun()) {
      x.begin();
    }
    this.inputSlot = x.slot();
    this.passedOn = addend == null ? null : new PassedOn(y, slot, addend, host.maps());
    y.end();
  }

  @Override
  public void train() {
    normalisation.train(x.values(), affine(), added(), y.values());
  }

  @Override
  public void evaluate() {
    Moments moments = new Moments(parameters(Backbone.MEAN), parameters(Backbone.VARIANCE));
    normalisation.evaluate(x.values(), affine(), moments, added(), y.values());
  }

  @Override
  public void backward() {
    Affine gradient = new Affine(gradients(Backbone.SCALE), gradients(Backbone.SHIFT));
    normalisation.backward(
        x.values(), y.values(), y.gradient(slot), affine(), gradient, x.gradient(inputSlot), into);
    normalisation.moveMoments(
        new Moments(parameters(Backbone.MEAN), parameters(Backbone.VARIANCE)),
        MOMENTUM,
        new Moments(gradients(Backbone.MEAN), gradients(Backbone.VARIANCE)));
    if (passedOn != null) {
      passedOn.run();
    }
  }

  private Affine affine() {
    return new Affine(parameters(Backbone.SCALE), parameters(Backbone.SHIFT));
  }

  private Values added() {
    return addend == null ? null : addend.values();
  }

  private Values parameters(String key) {
    return host.parameters(node.name() + key);
  }

  private Values gradients(String key) {
    return host.gradients(node.name() + key);
  }
}
