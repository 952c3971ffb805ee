package org.espalier.kernel;

/**
 * What {@link VariationalPasses} compute of every weight, over arrays of float32, under the
 * conditions of {@link LaneMath}: every implementation gives the same bits, and arrays are padded.
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

  /** Turns log sigma^2 into the clipped variance s. */
  void variance(float[] theta, float[] logSigma2, int count);

  /**
   * Powers of alpha that the divergence is made of.
   *
   * @param power becomes {@code exp(-K2 - K3 log alpha)}
   * @param above becomes {@code 1 + 1 / alpha}
   */
  void powers(float[] theta, float[] variance, float[] power, float[] above, int count);

  /**
   * Takes the gradients of mean and variance, and the slope of the divergence, to the parameters.
   *
   * @param power holds what {@link #powers} left; becomes {@code sigmoid(K2 + K3 log alpha)}
   * @param ofTheta holds the gradient through the mean; becomes that of theta
   * @param ofVariance holds the gradient of the variance; becomes that of log sigma^2
   * @param weight factor of the divergence
   */
  void gradient(
      float[] theta,
      float[] variance,
      float[] power,
      float[] ofTheta,
      float[] ofVariance,
      float weight,
      int count);
}
