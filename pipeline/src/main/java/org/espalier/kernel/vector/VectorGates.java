package org.espalier.kernel.vector;

import static org.espalier.kernel.FloatMath.LN2_HIGH;
import static org.espalier.kernel.FloatMath.LN2_LOW;
import static org.espalier.kernel.FloatMath.LOG2_E;
import static org.espalier.kernel.FloatMath.ROUNDER;
import static org.espalier.kernel.vector.Coefficients.EXP_0;
import static org.espalier.kernel.vector.Coefficients.EXP_1;
import static org.espalier.kernel.vector.Coefficients.EXP_2;
import static org.espalier.kernel.vector.Coefficients.EXP_3;
import static org.espalier.kernel.vector.Coefficients.EXP_4;
import static org.espalier.kernel.vector.Coefficients.EXP_5;
import static org.espalier.kernel.vector.Coefficients.ROUNDER_BITS;
import static org.espalier.kernel.vector.Species.FLOATS;
import static org.espalier.kernel.vector.Species.LANES;
import static org.espalier.kernel.vector.Species.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.espalier.kernel.GateLanes;
import org.espalier.kernel.GatePasses;

/** {@link GateLanes} in the CPU's lanes, in loops as long as the compiler can still take. */
final class VectorGates implements GateLanes {
  private static final float EPSILON = (float) GatePasses.EPSILON;
  private static final float LOW = (float) GatePasses.GAMMA;
  private static final float SLOPE =
      (float) ((GatePasses.ZETA - GatePasses.GAMMA) / GatePasses.BETA);

  private final Apart.Loop roots = (a, b, c, d, e, factor, count) -> roots(a, count);
  private final Apart.Loop drawing = (a, b, c, d, e, factor, count) -> gates(a, b, c, count);
  private final Apart.Loop differentiating =
      (a, b, c, d, e, factor, count) -> gradients(a, b, c, d, factor, count);

  @Override
  public void draw(float[] logAlpha, float[] u, float[] theta, int count) {
    Apart.call(roots, logAlpha, count);
    Apart.call(drawing, logAlpha, u, theta, null, null, 0, count);
  }

  @Override
  public void gradient(
      float[] theta, float[] concrete, float[] open, float[] upstream, float weight, int count) {
    Apart.call(differentiating, theta, concrete, open, upstream, null, weight, count);
  }

  /** {@code exp(-log alpha / 2)}, of what is within the limit. */
  private static void roots(float[] logAlpha, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector half = FloatVector.fromArray(FLOATS, logAlpha, i).mul(-0.5f);
      FloatVector above = half.blend(-LIMIT, half.lt(-LIMIT));
      FloatVector v = above.blend(LIMIT, above.compare(VectorOperators.GT, LIMIT));
      FloatVector shifted = v.fma(broadcast(LOG2_E), broadcast(ROUNDER));
      FloatVector n = shifted.sub(ROUNDER);
      FloatVector r = n.fma(broadcast(-LN2_LOW), n.fma(broadcast(-LN2_HIGH), v));
      FloatVector polynomial =
          r.fma(broadcast(EXP_0), broadcast(EXP_1))
              .fma(r, broadcast(EXP_2))
              .fma(r, broadcast(EXP_3))
              .fma(r, broadcast(EXP_4))
              .fma(r, broadcast(EXP_5));
      FloatVector y = polynomial.fma(r.mul(r), r).add(1f);
      IntVector power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
      y.mul(power.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
          .intoArray(logAlpha, i);
    }
  }

  private static void gates(float[] roots, float[] u, float[] theta, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector root = FloatVector.fromArray(FLOATS, roots, i);
      FloatVector uniform = FloatVector.fromArray(FLOATS, u, i);
      FloatVector rest = broadcast(1f).sub(uniform);
      FloatVector share = uniform.add(EPSILON);
      FloatVector square = share.mul(share);
      FloatVector power = rest.mul(rest.mul(share).lanewise(VectorOperators.SQRT));
      FloatVector second = root.mul(root);
      FloatVector closed = second.fma(broadcast(OPEN_AT_ZERO), broadcast(1f));
      FloatVector whole = power.fma(second.mul(root), square);
      FloatVector reciprocal = broadcast(1f).div(closed.mul(whole));
      FloatVector concrete = square.mul(reciprocal.mul(closed));
      FloatVector z = concrete.fma(broadcast(RANGE), broadcast(LOW));
      FloatVector above = z.blend(0f, z.lt(0f));
      FloatVector gate = above.blend(1f, above.compare(VectorOperators.GT, 1f));
      concrete.intoArray(roots, i);
      reciprocal.mul(whole).intoArray(u, i);
      FloatVector.fromArray(FLOATS, theta, i).mul(gate).intoArray(theta, i);
    }
  }

  private static void gradients(
      float[] theta, float[] concrete, float[] open, float[] upstream, float weight, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector s = FloatVector.fromArray(FLOATS, concrete, i);
      FloatVector z = s.fma(broadcast(RANGE), broadcast(LOW));
      FloatVector above = z.blend(0f, z.lt(0f));
      FloatVector gate = above.blend(1f, above.compare(VectorOperators.GT, 1f));
      VectorMask<Float> moving = gate.compare(VectorOperators.GT, 0f).and(gate.lt(1f));
      FloatVector slope = s.mul(broadcast(1f).sub(s)).mul(SLOPE);
      FloatVector probability = FloatVector.fromArray(FLOATS, open, i);
      FloatVector pushed = probability.mul(broadcast(1f).sub(probability)).mul(weight);
      FloatVector ofWeight = FloatVector.fromArray(FLOATS, upstream, i);
      ofWeight
          .mul(FloatVector.fromArray(FLOATS, theta, i))
          .fma(broadcast(0f).blend(slope, moving), pushed)
          .intoArray(concrete, i);
      ofWeight.mul(gate).intoArray(upstream, i);
    }
  }
}
