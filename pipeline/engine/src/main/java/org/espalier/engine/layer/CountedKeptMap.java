package org.espalier.engine.layer;

import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.sparse.Activations;
import org.espalier.engine.sparse.KeptMap;

/** A map over kept weights whose multiply-adds are counted, and those that it leaves out. */
final class CountedKeptMap implements KeptMap {
  private final KeptMap map;
  private final long leftOut;
  private final ProductCount count;

  /**
   * @param whole multiply-adds of a pass that leaves nothing out
   */
  CountedKeptMap(KeptMap map, long whole, ProductCount count) {
    this.map = map;
    this.leftOut = whole - map.products();
    this.count = count;
  }

  @Override
  public int outputs() {
    return map.outputs();
  }

  @Override
  public long products() {
    return map.products();
  }

  @Override
  public void forward(
      Activations x, float[] kept, Values bias, Activation activation, Activations y) {
    map.forward(x, kept, bias, activation, y);
    count.add(products(), leftOut);
  }

  @Override
  public void backward(
      Activations delta,
      float[] kept,
      Values biasGradient,
      float[] keptGradient,
      Activations inputGradient) {
    map.backward(delta, kept, biasGradient, keptGradient, inputGradient);
    count.add(products(), leftOut);
    if (inputGradient != null) {
      count.add(products(), leftOut);
    }
  }
}
