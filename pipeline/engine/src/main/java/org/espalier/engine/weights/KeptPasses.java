package org.espalier.engine.weights;

import java.util.Optional;
import org.espalier.engine.kernel.FloatValues;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.sparse.Activations;
import org.espalier.engine.sparse.KeptMap;
import org.espalier.engine.sparse.KeptValues;

/**
 * The passes of plain weights that leave masked ones out. A backward pass follows the forward pass
 * of the same batch.
 */
public final class KeptPasses {
  private final KeptWeights kept;
  private final LinearMap whole;
  private final KeptMap map;
  private final float[] values;
  private final float[] gradients;

  private KeptPasses(KeptWeights kept, LinearMap whole, KeptMap map) {
    this.kept = kept;
    this.whole = whole;
    this.map = map;
    this.values = new float[kept.count()];
    this.gradients = new float[kept.count()];
  }

  static Optional<KeptPasses> of(KeptWeights kept, LinearMap whole) {
    return whole.over(kept).map(map -> new KeptPasses(kept, whole, map));
  }

  boolean are(KeptWeights others, LinearMap ofWhole) {
    return kept == others && whole == ofWhole;
  }

  void forward(Affine affine, Values weights, Activations x, Activations y) {
    FloatValues.require(weights).gather(kept.indices(), values);
    multiply(affine, x, y);
  }

  void forward(Affine affine, KeptValues apart, Activations x, Activations y) {
    FloatValues.require(apart.weights()).read(0, values, values.length);
    multiply(affine, x, y);
  }

  private void multiply(Affine affine, Activations x, Activations y) {
    map.forward(x, values, affine.bias(), affine.activation(), y);
  }

  void backward(Affine affine, Activations delta, Values gradient, Activations inputGradient) {
    map.backward(delta, values, affine.biasGradient(), gradients, inputGradient);
    FloatValues.require(gradient).scatter(kept.indices(), gradients);
  }

  void backward(Affine affine, Activations delta, KeptValues apart, Activations inputGradient) {
    map.backward(delta, values, affine.biasGradient(), gradients, inputGradient);
    FloatValues.require(apart.gradient()).write(0, gradients, gradients.length);
  }

  double squares() {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum;
  }
}
