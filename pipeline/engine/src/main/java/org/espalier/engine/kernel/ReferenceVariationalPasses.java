package org.espalier.engine.kernel;

/** {@link VariationalPasses} as the paper's formulas read, one value at a time. */
final class ReferenceVariationalPasses implements VariationalPasses {
  /** A clipped log alpha comes back from its variance in float32 as near to the bound as this. */
  private static final double INSIDE = CLIP - 1e-6;

  @Override
  public void variance(Values theta, Values logSigma2, Values to) {
    for (int i = 0; i < theta.length(); i++) {
      double square = square(theta.get(i));
      to.set(i, Math.exp(clipped(logAlpha(square, logSigma2.get(i)))) * square);
    }
  }

  @Override
  public void sample(
      Values output,
      Values deviation,
      Values bias,
      Activation activation,
      Noise noise,
      Sharing sharing) {
    int columns = bias.length();
    output.rows(columns);
    for (int i = 0; i < output.length(); i++) {
      double root = Math.sqrt(deviation.get(i) + EPSILON);
      double e = noise.normal(sharing.index(i, columns));
      output.set(i, activation.of(output.get(i) + bias.get(i % columns) + root * e));
      deviation.set(i, root);
    }
  }

  @Override
  public void sampleGradient(
      Values delta,
      Values output,
      Values deviation,
      Activation activation,
      Noise noise,
      Sharing sharing,
      Values biasGradient) {
    int columns = biasGradient.length();
    delta.rows(columns);
    double[] sums = new double[columns];
    for (int i = 0; i < delta.length(); i++) {
      double passed = delta.get(i) * activation.slope(output.get(i));
      double e = noise.normal(sharing.index(i, columns));
      delta.set(i, passed);
      sums[i % columns] += passed;
      deviation.set(i, passed * e / (2 * deviation.get(i)));
    }
    for (int i = 0; i < columns; i++) {
      biasGradient.set(i, sums[i]);
    }
  }

  @Override
  public double parameterGradient(
      Values theta, Values variance, Values thetaGradient, Values varianceGradient, double weight) {
    double sum = 0;
    for (int i = 0; i < theta.length(); i++) {
      double square = square(theta.get(i));
      double alpha = clipped(Math.log(variance.get(i) / square));
      double ofVariance = varianceGradient.get(i);
      if (Math.abs(alpha) < INSIDE) {
        double slope = weight * divergenceSlope(alpha);
        varianceGradient.set(i, ofVariance * variance.get(i) + slope);
        thetaGradient.set(i, thetaGradient.get(i) - slope * 2 * theta.get(i) / square);
      } else {
        varianceGradient.set(i, 0);
        thetaGradient.set(
            i, thetaGradient.get(i) + ofVariance * Math.exp(alpha) * 2 * theta.get(i));
      }
      sum += divergence(alpha);
    }
    return weight == 0 ? 0 : sum;
  }

  @Override
  public double divergence(Values theta, Values logSigma2) {
    double sum = 0;
    for (int i = 0; i < theta.length(); i++) {
      sum += divergence(clipped(logAlpha(square(theta.get(i)), logSigma2.get(i))));
    }
    return sum;
  }

  @Override
  public void keepBelow(double threshold, Values theta, Values logSigma2, Values to) {
    for (int i = 0; i < theta.length(); i++) {
      boolean kept = logAlpha(square(theta.get(i)), logSigma2.get(i)) < threshold;
      to.set(i, kept ? theta.get(i) : 0);
    }
  }

  @Override
  public void keepGradient(Values kept, Values gradient) {
    for (int i = 0; i < kept.length(); i++) {
      gradient.set(i, kept.get(i) == 0 ? 0 : gradient.get(i));
    }
  }

  /** The KL divergence of one weight from its log alpha. */
  static double divergence(double logAlpha) {
    double gate = 1 / (1 + Math.exp(-(K2 + K3 * logAlpha)));
    return -(K1 * gate - 0.5 * Math.log1p(Math.exp(-logAlpha)) - K1);
  }

  private static double divergenceSlope(double logAlpha) {
    double gate = 1 / (1 + Math.exp(-(K2 + K3 * logAlpha)));
    return -K1 * K3 * gate * (1 - gate) - 0.5 / (1 + Math.exp(logAlpha));
  }

  private static double square(double theta) {
    return theta * theta + EPSILON;
  }

  private static double logAlpha(double square, double logSigma2) {
    return logSigma2 - Math.log(square);
  }

  private static double clipped(double logAlpha) {
    return Math.min(Math.max(logAlpha, -CLIP), CLIP);
  }
}
