package org.espalier.kernel;

/**
 * What {@link GatePasses} compute of every weight, over arrays of float32, under the conditions of
 * {@link LaneMath}: every implementation gives the same bits, and arrays are padded.
 */
public interface GateLanes {
  /** Width of the interval that gates are stretched to. */
  float RANGE = (float) (GatePasses.ZETA - GatePasses.GAMMA);

  /** A gate whose log alpha is beyond twice this is as surely open or closed as on it. */
  float LIMIT = 29f;

  /** {@code 1 / odds} that a gate of log alpha 0 is open. */
  float OPEN_AT_ZERO = (float) Math.exp(-GatePasses.SHIFT);

  /**
   * Draws gates.
   *
   * @param logAlpha becomes s, the concrete variable
   * @param u uniform in [0, 1); becomes the probability that the gate is open
   * @param theta becomes {@code theta z}
   */
  void draw(float[] logAlpha, float[] u, float[] theta, int count);

  /**
   * Takes the gradient of the gated weights, and that of the penalty, to the parameters.
   *
   * @param concrete s; becomes the gradient of log alpha
   * @param open probability that the gate is open
   * @param upstream gradient of {@code theta z}; becomes that of theta
   * @param weight factor of the expected number of open gates
   */
  void gradient(
      float[] theta, float[] concrete, float[] open, float[] upstream, float weight, int count);
}
