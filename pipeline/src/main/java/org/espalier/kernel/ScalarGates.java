package org.espalier.kernel;

import static org.espalier.kernel.GatePasses.BETA;
import static org.espalier.kernel.GatePasses.EPSILON;
import static org.espalier.kernel.GatePasses.GAMMA;
import static org.espalier.kernel.GatePasses.ZETA;

/** {@link GateLanes} one number at a time. */
final class ScalarGates implements GateLanes {
  /**
   * {@code exp(-log alpha / 2)} has a square and a cube that stand for both powers of alpha that
   * are needed: s is {@code 1 / (1 + odds^1.5 root^3)} with the odds {@code (1 - u) / (u + 1e-8)},
   * and both quotients are taken from one.
   */
  @Override
  public void draw(float[] logAlpha, float[] u, float[] theta, int count) {
    for (int i = 0; i < count; i++) {
      float half = logAlpha[i] * -0.5f;
      float above = half < -LIMIT ? -LIMIT : half;
      float root = FloatMath.expWithin(above > LIMIT ? LIMIT : above);
      float rest = 1f - u[i];
      float share = u[i] + (float) EPSILON;
      float square = share * share;
      float power = rest * (float) Math.sqrt(rest * share);
      float second = root * root;
      float closed = Math.fma(second, OPEN_AT_ZERO, 1f);
      float whole = Math.fma(power, second * root, square);
      float reciprocal = 1f / (closed * whole);
      float concrete = square * (reciprocal * closed);
      logAlpha[i] = concrete;
      u[i] = reciprocal * whole;
      theta[i] = theta[i] * gate(concrete);
    }
  }

  @Override
  public void gradient(
      float[] theta, float[] concrete, float[] open, float[] upstream, float weight, int count) {
    for (int i = 0; i < count; i++) {
      float s = concrete[i];
      float z = gate(s);
      float slope = s * (1f - s) * (float) ((ZETA - GAMMA) / BETA);
      float moving = z > 0f && z < 1f ? slope : 0f;
      float pushed = open[i] * (1f - open[i]) * weight;
      concrete[i] = Math.fma(upstream[i] * theta[i], moving, pushed);
      upstream[i] = upstream[i] * z;
    }
  }

  /** The gate of a concrete variable: stretched, then cut off. */
  private static float gate(float concrete) {
    float z = Math.fma(concrete, RANGE, (float) GAMMA);
    float above = z < 0f ? 0f : z;
    return above > 1f ? 1f : above;
  }
}
