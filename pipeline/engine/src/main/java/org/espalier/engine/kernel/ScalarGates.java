package org.espalier.engine.kernel;

import static org.espalier.engine.kernel.GatePasses.BETA;
import static org.espalier.engine.kernel.GatePasses.EPSILON;
import static org.espalier.engine.kernel.GatePasses.GAMMA;
import static org.espalier.engine.kernel.GatePasses.ZETA;

import java.nio.ByteBuffer;

/** {@link GateLanes} one number at a time. */
final class ScalarGates implements GateLanes {
  @Override
  public void roots(ByteBuffer logAlpha, float[] root, int from, int first, int end) {
    for (int i = first; i < end; i++) {
      float half = logAlpha.getFloat(i * Float.BYTES) * -0.5f;
      float above = half < -LIMIT ? -LIMIT : half;
      root[i - from] = FloatMath.expWithin(above > LIMIT ? LIMIT : above);
    }
  }

  /**
   * s is {@code 1 / (1 + odds^1.5 root^3)} with the odds {@code (1 - u) / (u + 1e-8)}, the
   * probability {@code 1 / (1 + OPEN_AT_ZERO root^2)}; both quotients are taken from one.
   */
  @Override
  public void draw(
      float[] root,
      float[] u,
      ByteBuffer theta,
      ByteBuffer concrete,
      ByteBuffer open,
      ByteBuffer weights,
      int from,
      int first,
      int end) {
    for (int i = first; i < end; i++) {
      float rest = 1f - u[i - from];
      float share = u[i - from] + (float) EPSILON;
      float square = share * share;
      float power = rest * (float) Math.sqrt(rest * share);
      float second = root[i - from] * root[i - from];
      float closed = Math.fma(second, OPEN_AT_ZERO, 1f);
      float whole = Math.fma(power, second * root[i - from], square);
      float reciprocal = 1f / (closed * whole);
      float s = square * (reciprocal * closed);
      float gated = theta.getFloat(i * Float.BYTES) * gate(s);
      concrete.putFloat(i * Float.BYTES, s);
      open.putFloat(i * Float.BYTES, reciprocal * whole);
      weights.putFloat(i * Float.BYTES, gated);
    }
  }

  @Override
  public void gradient(
      ByteBuffer theta,
      ByteBuffer concrete,
      ByteBuffer open,
      ByteBuffer upstream,
      ByteBuffer ofLogAlpha,
      float weight,
      int first,
      int end) {
    for (int i = first; i < end; i++) {
      float s = concrete.getFloat(i * Float.BYTES);
      float z = gate(s);
      float slope = s * (1f - s) * (float) ((ZETA - GAMMA) / BETA);
      float moving = z > 0f && z < 1f ? slope : 0f;
      float probability = open.getFloat(i * Float.BYTES);
      float pushed = probability * (1f - probability) * weight;
      float ofWeight = upstream.getFloat(i * Float.BYTES);
      float along = ofWeight * theta.getFloat(i * Float.BYTES);
      ofLogAlpha.putFloat(i * Float.BYTES, Math.fma(along, moving, pushed));
      upstream.putFloat(i * Float.BYTES, ofWeight * z);
    }
  }

  /** The gate of a concrete variable: stretched, then cut off. */
  private static float gate(float concrete) {
    float z = Math.fma(concrete, RANGE, (float) GAMMA);
    float above = z < 0f ? 0f : z;
    return above > 1f ? 1f : above;
  }
}
