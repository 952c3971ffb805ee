package org.espalier.engine.backbone;

import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.maps.MapPasses;

/** A {@link Node.Largest}, the only reader of its input. */
final class LargestPass implements Pass {
  private final MapPasses passes;
  private final NodeMaps x;
  private final NodeMaps y;
  private final int slot;
  private final int inputSlot;

  LargestPass(NodeMaps x, NodeMaps y, LayerKernels kernels) {
    this.passes = kernels.maps();
    this.x = x;
    this.y = y;
    this.slot = y.slot();
    x.begin();
    this.inputSlot = x.slot();
    y.end();
  }

  @Override
  public void train() {
    passes.largest(x.maps(), y.maps());
  }

  @Override
  public void evaluate() {
    train();
  }

  @Override
  public void backward() {
    passes.largestGradient(x.maps(), y.maps(), y.gradientMaps(slot), x.gradientMaps(inputSlot));
  }
}
