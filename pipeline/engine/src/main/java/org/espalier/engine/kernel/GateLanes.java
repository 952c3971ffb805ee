package org.espalier.engine.kernel;

import static org.espalier.engine.kernel.GatePasses.BETA;
import static org.espalier.engine.kernel.GatePasses.EPSILON;
import static org.espalier.engine.kernel.GatePasses.GAMMA;
import static org.espalier.engine.kernel.GatePasses.ZETA;

import java.nio.ByteBuffer;

/**
 * What {@link GatePasses} compute of every weight: of the float32 numbers {@code first} to {@code
 * end - 1} of off-heap memory, in the CPU's byte order. Here one at a time; subclasses use the
 * CPU's lanes and give the same bits. Arrays hold the value of number {@code i} at {@code i -
 * from}, and are padded as {@link LaneMath} says.
 */
public class GateLanes {
  /** Width of the interval that gates are stretched to. */
  public static final float RANGE = (float) (GatePasses.ZETA - GatePasses.GAMMA);

  /** A gate whose log alpha is beyond twice this is as surely open or closed as on it. */
  public static final float LIMIT = 29f;

  /** {@code 1 / odds} that a gate of log alpha 0 is open. */
  public static final float OPEN_AT_ZERO = (float) Math.exp(-GatePasses.SHIFT);

  /**
   * What both powers of alpha that a draw needs are made of.
   *
   * @param root becomes {@code exp(-log alpha / 2)}
   */
  public void roots(ByteBuffer logAlpha, float[] root, int from, int first, int end) {
    for (int i = first; i < end; i++) {
      float half = logAlpha.getFloat(i * Float.BYTES) * -0.5f;
      float above = half < -LIMIT ? -LIMIT : half;
      root[i - from] = FloatMath.expWithin(above > LIMIT ? LIMIT : above);
    }
  }

  /**
   * Draws gates: s is {@code 1 / (1 + odds^1.5 root^3)} with the odds {@code (1 - u) / (u + 1e-8)},
   * the probability {@code 1 / (1 + OPEN_AT_ZERO root^2)}; both quotients are taken from one.
   *
   * @param root what {@link #roots} left
   * @param u uniform in [0, 1)
   * @param concrete becomes s, the concrete variable
   * @param open becomes the probability that the gate is open
   * @param weights becomes {@code theta z}
   */
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

  /**
   * Takes the gradient of the gated weights, and that of the penalty, to the parameters.
   *
   * @param concrete what {@link #draw} left
   * @param open what {@link #draw} left
   * @param upstream holds the gradient of {@code theta z}; becomes that of theta
   * @param ofLogAlpha becomes the gradient of log alpha
   * @param weight factor of the expected number of open gates
   */
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
