package org.espalier.engine.backbone;

import org.espalier.engine.kernel.maps.MapKernels;
import org.espalier.engine.kernel.maps.MapPasses;

/** A {@link Node.Sum}. */
final class SumPass implements Pass {
  private final MapPasses passes;
  private final NodeMaps first;
  private final NodeMaps second;
  private final NodeMaps sum;
  private final PassedOn toFirst;
  private final PassedOn toSecond;

  SumPass(NodeMaps first, NodeMaps second, NodeMaps sum, MapKernels kernels) {
    this.passes = kernels.passes();
    this.first = first;
    this.second = second;
    this.sum = sum;
    int slot = sum.slot();
    this.toFirst = new PassedOn(sum, slot, first, kernels);
    this.toSecond = new PassedOn(sum, slot, second, kernels);
    sum.end();
  }

  @Override
  public void train() {
    passes.add(first.maps(), second.maps(), sum.maps());
  }

  @Override
  public void evaluate() {
    train();
  }

  @Override
  public void backward() {
    toFirst.run();
    toSecond.run();
  }
}
