package org.espalier.kernel;

import static org.espalier.kernel.VariationalPasses.EPSILON;
import static org.espalier.kernel.VariationalPasses.K1;
import static org.espalier.kernel.VariationalPasses.K2;
import static org.espalier.kernel.VariationalPasses.K3;

/** {@link VariationalLanes} one number at a time. */
final class ScalarVariational implements VariationalLanes {
  @Override
  public void variance(float[] theta, float[] logSigma2, int count) {
    for (int i = 0; i < count; i++) {
      float square = square(theta[i]);
      float variance = FloatMath.exp(logSigma2[i]);
      float least = square * LOWEST;
      float most = square * HIGHEST;
      float above = variance < least ? least : variance;
      logSigma2[i] = above > most ? most : above;
    }
  }

  @Override
  public void powers(float[] theta, float[] variance, float[] power, float[] above, int count) {
    for (int i = 0; i < count; i++) {
      float inverse = square(theta[i]) / variance[i];
      above[i] = inverse + 1f;
      power[i] = FloatMath.expWithin(Math.fma(FloatMath.log(inverse), (float) K3, (float) -K2));
    }
  }

  @Override
  public void gradient(
      float[] theta,
      float[] variance,
      float[] power,
      float[] ofTheta,
      float[] ofVariance,
      float weight,
      int count) {
    for (int i = 0; i < count; i++) {
      float square = square(theta[i]);
      float both = square + variance[i];
      float below = power[i] + 1f;
      float product = square * both;
      float reciprocal = 1f / (product * below);
      float sigmoid = reciprocal * product;
      float rest = reciprocal * below;
      float share = rest * square * square;
      float slope = Math.fma(sigmoid * (float) (-K1 * K3), 1f - sigmoid, share * -0.5f);
      boolean inside = variance[i] > square * LOWEST && variance[i] < square * HIGHEST;
      float pulled = slope * weight;
      float pushed = ofVariance[i] * variance[i];
      float outward = inside ? -pulled : pushed;
      power[i] = sigmoid;
      ofTheta[i] = Math.fma(theta[i] * 2f * (rest * both), outward, ofTheta[i]);
      ofVariance[i] = inside ? pushed + pulled : 0f;
    }
  }

  private static float square(float theta) {
    return Math.fma(theta, theta, (float) EPSILON);
  }
}
