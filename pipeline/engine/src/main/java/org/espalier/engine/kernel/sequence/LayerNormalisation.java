package org.espalier.engine.kernel.sequence;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;

/**
 * Layer normalisation (Ba et al. 2016) of every position over its features: {@code y = gain * (x -
 * mean) / sqrt(variance + 1e-6) + shift}. Used by one thread at a time; deterministic.
 */
public interface LayerNormalisation {
  /** Added to variances. */
  double EPSILON = 1e-6;

  /**
   * The forward pass.
   *
   * @param x `[features, positions]`
   * @param affine gain and shift
   * @param moments `[2, positions]`, overwritten by means and by reciprocals of the roots
   * @param y `[features, positions]`, overwritten
   */
  void forward(Values x, Affine affine, Values moments, Values y);

  /**
   * The backward pass.
   *
   * @param moments what {@link #forward} left
   * @param delta gradient of y
   * @param gradient of gain and shift, overwritten
   * @param into what becomes of the gradient of x
   */
  void backward(
      Values x,
      Affine affine,
      Values moments,
      Values delta,
      Affine gradient,
      Values inputGradient,
      Into into);

  /**
   * What follows the normalisation, or its gradient.
   *
   * @param gain `[features]`
   * @param shift `[features]`
   */
  record Affine(Values gain, Values shift) {}
}
