package org.espalier.engine.weights;

import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.Values;

/**
 * The way that a weight tensor W is applied to one batch: {@code y = activation(map(x, W) + bias)}.
 *
 * @param map linear in x and in W
 * @param bias `[outputs]`, or null for none
 * @param biasGradient `[outputs]`, overwritten by a backward pass; null for none
 * @param activation what follows the sums
 * @param sharing rows of y that share the noise of drawn weights
 */
public record Affine(
    LinearMap map, Values bias, Values biasGradient, Activation activation, Sharing sharing) {
  /** A map that nothing is added to and nothing follows. */
  public static Affine linear(LinearMap map, Sharing sharing) {
    return new Affine(map, null, null, Activation.IDENTITY, sharing);
  }

  /** Whether nothing is added and nothing follows. */
  boolean isLinear() {
    return bias == null && activation == Activation.IDENTITY;
  }
}
