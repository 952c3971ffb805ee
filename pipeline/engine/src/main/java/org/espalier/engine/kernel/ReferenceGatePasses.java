package org.espalier.engine.kernel;

/** {@link GatePasses} as the formulas read, one value at a time. */
final class ReferenceGatePasses implements GatePasses {
  @Override
  public void draw(
      Values theta, Values logAlpha, Noise noise, Values concrete, Values open, Values weights) {
    for (int i = 0; i < theta.length(); i++) {
      double u = noise.uniform(i);
      double logit = Math.log(u + EPSILON) - Math.log(1 - u) + logAlpha.get(i);
      double s = sigmoid(logit / BETA);
      concrete.set(i, s);
      open.set(i, sigmoid(logAlpha.get(i) + SHIFT));
      weights.set(i, theta.get(i) * stretched(s));
    }
  }

  @Override
  public double gradient(
      Values theta,
      Values concrete,
      Values open,
      Values thetaGradient,
      Values logAlphaGradient,
      double weight) {
    double sum = 0;
    for (int i = 0; i < theta.length(); i++) {
      double s = concrete.get(i);
      double z = stretched(s);
      double slope = z > 0 && z < 1 ? (ZETA - GAMMA) * s * (1 - s) / BETA : 0;
      double upstream = thetaGradient.get(i);
      double probability = open.get(i);
      logAlphaGradient.set(
          i, upstream * theta.get(i) * slope + weight * probability * (1 - probability));
      thetaGradient.set(i, upstream * z);
      sum += probability;
    }
    return weight == 0 ? 0 : sum;
  }

  @Override
  public double penaltyGradient(Values logAlpha, Values logAlphaGradient, double weight) {
    for (int i = 0; i < logAlpha.length(); i++) {
      double open = sigmoid(logAlpha.get(i) + SHIFT);
      logAlphaGradient.set(i, weight * open * (1 - open));
    }
    return expectedOpen(logAlpha);
  }

  @Override
  public double decayGradient(
      Values theta, Values logAlpha, Values thetaGradient, Values logAlphaGradient, double weight) {
    for (int i = 0; i < theta.length(); i++) {
      double t = theta.get(i);
      double open = sigmoid(logAlpha.get(i) + SHIFT);
      thetaGradient.set(i, thetaGradient.get(i) + weight * open * t);
      logAlphaGradient.set(i, logAlphaGradient.get(i) + weight * t * t / 2 * open * (1 - open));
    }
    return expectedSquares(theta, logAlpha);
  }

  @Override
  public double expectedSquares(Values theta, Values logAlpha) {
    double sum = 0;
    for (int i = 0; i < theta.length(); i++) {
      sum += theta.get(i) * theta.get(i) / 2 * sigmoid(logAlpha.get(i) + SHIFT);
    }
    return sum;
  }

  @Override
  public double expectedOpen(Values logAlpha) {
    double sum = 0;
    for (int i = 0; i < logAlpha.length(); i++) {
      sum += sigmoid(logAlpha.get(i) + SHIFT);
    }
    return sum;
  }

  @Override
  public void estimate(Values theta, Values logAlpha, Values to) {
    for (int i = 0; i < theta.length(); i++) {
      to.set(i, theta.get(i) * stretched(sigmoid(logAlpha.get(i))));
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double stretched(double s) {
    return Math.min(Math.max(s * (ZETA - GAMMA) + GAMMA, 0), 1);
  }
}
