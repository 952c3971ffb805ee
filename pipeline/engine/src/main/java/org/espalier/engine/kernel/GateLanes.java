package org.espalier.engine.kernel;

import java.nio.ByteBuffer;

/**
 * What {@link GatePasses} compute of every weight: of the float32 numbers {@code first} to {@code
 * end - 1} of off-heap memory, in the CPU's byte order. Every implementation gives the same bits.
 * Arrays hold the value of number {@code i} at {@code i - from}, and are padded as {@link LaneMath}
 * says.
 */
public interface GateLanes {
  /** Width of the interval that gates are stretched to. */
  float RANGE = (float) (GatePasses.ZETA - GatePasses.GAMMA);

  /** A gate whose log alpha is beyond twice this is as surely open or closed as on it. */
  float LIMIT = 29f;

  /** {@code 1 / odds} that a gate of log alpha 0 is open. */
  float OPEN_AT_ZERO = (float) Math.exp(-GatePasses.SHIFT);

  /**
   * What both powers of alpha that a draw needs are made of.
   *
   * @param root becomes {@code exp(-log alpha / 2)}
   */
  void roots(ByteBuffer logAlpha, float[] root, int from, int first, int end);

  /**
   * Draws gates.
   *
   * @param root what {@link #roots} left
   * @param u uniform in [0, 1)
   * @param concrete becomes s, the concrete variable
   * @param open becomes the probability that the gate is open
   * @param weights becomes {@code theta z}
   */
  void draw(
      float[] root,
      float[] u,
      ByteBuffer theta,
      ByteBuffer concrete,
      ByteBuffer open,
      ByteBuffer weights,
      int from,
      int first,
      int end);

  /**
   * Takes the gradient of the gated weights, and that of the penalty, to the parameters.
   *
   * @param concrete what {@link #draw} left
   * @param open what {@link #draw} left
   * @param upstream holds the gradient of {@code theta z}; becomes that of theta
   * @param ofLogAlpha becomes the gradient of log alpha
   * @param weight factor of the expected number of open gates
   */
  void gradient(
      ByteBuffer theta,
      ByteBuffer concrete,
      ByteBuffer open,
      ByteBuffer upstream,
      ByteBuffer ofLogAlpha,
      float weight,
      int first,
      int end);
}
