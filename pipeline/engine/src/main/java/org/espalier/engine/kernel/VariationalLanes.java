package org.espalier.engine.kernel;

import java.nio.ByteBuffer;

/**
 * What {@link VariationalPasses} compute of every weight: of the float32 numbers {@code first} to
 * {@code end - 1} of off-heap memory, in the CPU's byte order. Every implementation gives the same
 * bits. Arrays hold the value of number {@code i} at {@code i - from}, and are padded as {@link
 * LaneMath} says.
 *
 * <p>Clipping is done on the variance, not on log alpha, which saves a logarithm: {@code s =
 * clamp(exp(log sigma^2), t e^-8, t e^8)} with {@code t = theta^2 + 1e-8}; then {@code 1 / alpha =
 * t / s}.
 */
public interface VariationalLanes {
  /** e to the lower bound of log alpha. */
  float LOWEST = (float) Math.exp(-VariationalPasses.CLIP);

  /** e to the upper bound of log alpha. */
  float HIGHEST = (float) Math.exp(VariationalPasses.CLIP);

  /**
   * The clipped variance s.
   *
   * @param to becomes s; may be log sigma^2
   */
  void variance(ByteBuffer theta, ByteBuffer logSigma2, ByteBuffer to, int first, int end);

  /**
   * Powers of alpha that the divergence is made of.
   *
   * @param power becomes {@code exp(-K2 - K3 log alpha)}
   * @param above becomes {@code 1 + 1 / alpha}
   */
  void powers(
      ByteBuffer theta,
      ByteBuffer variance,
      float[] power,
      float[] above,
      int from,
      int first,
      int end);

  /**
   * Takes the gradients of mean and variance, and the slope of the divergence, to the parameters.
   *
   * @param power holds what {@link #powers} left; becomes {@code sigmoid(K2 + K3 log alpha)}
   * @param ofTheta holds the gradient through the mean; becomes that of theta
   * @param ofVariance holds the gradient of the variance; becomes that of log sigma^2
   * @param weight factor of the divergence
   */
  void gradient(
      ByteBuffer theta,
      ByteBuffer variance,
      float[] power,
      ByteBuffer ofTheta,
      ByteBuffer ofVariance,
      float weight,
      int from,
      int first,
      int end);
}
