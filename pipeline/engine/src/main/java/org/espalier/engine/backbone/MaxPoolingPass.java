package org.espalier.engine.backbone;

import org.espalier.engine.kernel.maps.MapKernels;
import org.espalier.engine.kernel.maps.MapPasses;

/** A {@link Node.MaxPooling}, the only reader of its input. */
final class MaxPoolingPass implements Pass {
  private final MapPasses passes;
  private final NodeMaps x;
  private final NodeMaps y;
  private final int slot;
  private final int inputSlot;

  MaxPoolingPass(NodeMaps x, NodeMaps y, MapKernels kernels) {
    this.passes = kernels.passes();
    this.x = x;
    this.y = y;
    this.slot = y.slot();
    x.begin();
    this.inputSlot = x.slot();
    y.end();
  }

  @Override
  public void train() {
    passes.maxPool(x.maps(), y.maps());
  }

  @Override
  public void evaluate() {
    train();
  }

  @Override
  public void backward() {
    passes.maxPoolGradient(x.maps(), y.maps(), y.gradientMaps(slot), x.gradientMaps(inputSlot));
  }
}
