package org.espalier.engine.kernel;

/**
 * Hard-concrete gates (Louizos et al. 2018; the paper, section 3.3): {@code z = clip(s (zeta -
 * gamma) + gamma, 0, 1)} with {@code s = sigmoid((log(u + 1e-8) - log(1 - u) + log alpha) / beta)}.
 * In place, without allocation; an object is used by one thread at a time.
 */
public interface GatePasses {
  /** Temperature. */
  double BETA = 2.0 / 3;

  /** Lower end of the stretched interval. */
  double GAMMA = -0.1;

  /** Upper end of the stretched interval. */
  double ZETA = 1.1;

  /** Added to u in its logarithm. */
  double EPSILON = 1e-8;

  /** What log alpha is shifted by in the probability that a gate is open. */
  double SHIFT = -BETA * Math.log(-GAMMA / ZETA);

  /**
   * Draws the gates.
   *
   * @param noise u, uniform in [0, 1)
   * @param concrete becomes s, for the backward pass
   * @param open becomes {@code sigmoid(log alpha + 1.5986)}, the probability that a gate is open,
   *     for the backward pass
   * @param weights becomes {@code theta z}
   */
  void draw(
      Values theta, Values logAlpha, Noise noise, Values concrete, Values open, Values weights);

  /**
   * Takes the gradient of the gated weights back to the parameters and adds that of {@code weight *
   * expected number of open gates}.
   *
   * @param concrete what {@link #draw} left
   * @param open what {@link #draw} left
   * @param thetaGradient holds the gradient of {@code theta z}; becomes that of theta
   * @param logAlphaGradient overwritten
   * @param weight factor of the penalty
   * @return the expected number of open gates, without the factor; 0 where weight is 0
   */
  double gradient(
      Values theta,
      Values concrete,
      Values open,
      Values thetaGradient,
      Values logAlphaGradient,
      double weight);

  /**
   * The gradient of {@code weight * expected number of open gates} alone.
   *
   * @param logAlphaGradient overwritten
   * @return the expected number of open gates, without the factor
   */
  double penaltyGradient(Values logAlpha, Values logAlphaGradient, double weight);

  /**
   * Adds the gradient of {@code weight * sum of p theta^2 / 2}, where {@code p = sigmoid(log alpha
   * + 1.5986)}: the weight decay of gated weights (Louizos et al. 2018, section 2.3).
   *
   * @param thetaGradient is added to
   * @param logAlphaGradient is added to
   * @return the sum, without the factor
   */
  double decayGradient(
      Values theta, Values logAlpha, Values thetaGradient, Values logAlphaGradient, double weight);

  /** The sum of {@code p theta^2 / 2} that {@link #decayGradient} differentiates. */
  double expectedSquares(Values theta, Values logAlpha);

  /** The expected number of open gates, {@code sum sigmoid(log alpha + 1.5986)}. */
  double expectedOpen(Values logAlpha);

  /**
   * The weights of evaluation: {@code theta clip(sigmoid(log alpha) (zeta - gamma) + gamma, 0, 1)}.
   */
  void estimate(Values theta, Values logAlpha, Values to);
}
