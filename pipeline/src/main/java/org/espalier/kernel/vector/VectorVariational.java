package org.espalier.kernel.vector;

import static org.espalier.kernel.FloatMath.HIGHEST_EXPONENT;
import static org.espalier.kernel.FloatMath.LN2_HIGH;
import static org.espalier.kernel.FloatMath.LN2_LOW;
import static org.espalier.kernel.FloatMath.LOG2_E;
import static org.espalier.kernel.FloatMath.LOWEST_EXPONENT;
import static org.espalier.kernel.FloatMath.ROUNDER;
import static org.espalier.kernel.FloatMath.SQRT_HALF_BITS;
import static org.espalier.kernel.vector.Coefficients.EXP_0;
import static org.espalier.kernel.vector.Coefficients.EXP_1;
import static org.espalier.kernel.vector.Coefficients.EXP_2;
import static org.espalier.kernel.vector.Coefficients.EXP_3;
import static org.espalier.kernel.vector.Coefficients.EXP_4;
import static org.espalier.kernel.vector.Coefficients.EXP_5;
import static org.espalier.kernel.vector.Coefficients.LOG_0;
import static org.espalier.kernel.vector.Coefficients.LOG_1;
import static org.espalier.kernel.vector.Coefficients.LOG_2;
import static org.espalier.kernel.vector.Coefficients.LOG_3;
import static org.espalier.kernel.vector.Coefficients.LOG_4;
import static org.espalier.kernel.vector.Coefficients.LOG_5;
import static org.espalier.kernel.vector.Coefficients.LOG_6;
import static org.espalier.kernel.vector.Coefficients.LOG_7;
import static org.espalier.kernel.vector.Coefficients.LOG_8;
import static org.espalier.kernel.vector.Coefficients.ROUNDER_BITS;
import static org.espalier.kernel.vector.Species.FLOATS;
import static org.espalier.kernel.vector.Species.LANES;
import static org.espalier.kernel.vector.Species.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.espalier.kernel.VariationalLanes;
import org.espalier.kernel.VariationalPasses;

/** {@link VariationalLanes} in the CPU's lanes, in loops as long as the compiler can still take. */
final class VectorVariational implements VariationalLanes {
  private static final float EPSILON = (float) VariationalPasses.EPSILON;
  private static final float K2 = (float) VariationalPasses.K2;
  private static final float K3 = (float) VariationalPasses.K3;
  private static final float SLOPE = (float) (-VariationalPasses.K1 * VariationalPasses.K3);

  private final Apart.Loop varying = (a, b, c, d, e, factor, count) -> variances(a, b, count);
  private final Apart.Loop logarithms =
      (a, b, c, d, e, factor, count) -> logarithms(a, b, c, d, count);
  private final Apart.Loop exponentials = (a, b, c, d, e, factor, count) -> exponentials(a, count);
  private final Apart.Loop differentiating = VectorVariational::gradients;

  @Override
  public void variance(float[] theta, float[] logSigma2, int count) {
    Apart.call(varying, theta, logSigma2, null, null, null, 0, count);
  }

  @Override
  public void powers(float[] theta, float[] variance, float[] power, float[] above, int count) {
    Apart.call(logarithms, theta, variance, power, above, null, 0, count);
    Apart.call(exponentials, power, count);
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
    Apart.call(differentiating, theta, variance, power, ofTheta, ofVariance, weight, count);
  }

  private static void variances(float[] theta, float[] logSigma2, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, logSigma2, i);
      FloatVector above = x.blend(LOWEST_EXPONENT, x.lt(LOWEST_EXPONENT));
      VectorMask<Float> high = above.compare(VectorOperators.GT, HIGHEST_EXPONENT);
      FloatVector v = above.blend(HIGHEST_EXPONENT, high);
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
      FloatVector scale = power.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector variance = y.mul(scale);
      FloatVector mean = FloatVector.fromArray(FLOATS, theta, i);
      FloatVector square = mean.fma(mean, broadcast(EPSILON));
      FloatVector least = square.mul(LOWEST);
      FloatVector most = square.mul(HIGHEST);
      FloatVector bounded = variance.blend(least, variance.lt(least));
      bounded.blend(most, bounded.compare(VectorOperators.GT, most)).intoArray(logSigma2, i);
    }
  }

  /** {@code -K2 - K3 log alpha}, and {@code 1 + 1 / alpha}. */
  private static void logarithms(
      float[] theta, float[] variance, float[] to, float[] above, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector mean = FloatVector.fromArray(FLOATS, theta, i);
      FloatVector square = mean.fma(mean, broadcast(EPSILON));
      FloatVector inverse = square.div(FloatVector.fromArray(FLOATS, variance, i));
      inverse.add(1f).intoArray(above, i);
      IntVector shifted = inverse.reinterpretAsInts().sub(SQRT_HALF_BITS);
      FloatVector e =
          (FloatVector) shifted.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
      FloatVector f = shifted.and(0x7fffff).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
      FloatVector z = f.mul(f);
      FloatVector polynomial =
          f.fma(broadcast(LOG_0), broadcast(LOG_1))
              .fma(f, broadcast(LOG_2))
              .fma(f, broadcast(LOG_3))
              .fma(f, broadcast(LOG_4))
              .fma(f, broadcast(LOG_5))
              .fma(f, broadcast(LOG_6))
              .fma(f, broadcast(LOG_7))
              .fma(f, broadcast(LOG_8));
      FloatVector y = z.fma(broadcast(-0.5f), polynomial.mul(f).fma(z, e.mul(LN2_LOW)));
      FloatVector log = inverse.fma(broadcast(0f), e.fma(broadcast(LN2_HIGH), f.add(y)));
      log.fma(broadcast(K3), broadcast(-K2)).intoArray(to, i);
    }
  }

  private static void exponentials(float[] x, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, i);
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
          .intoArray(x, i);
    }
  }

  private static void gradients(
      float[] theta,
      float[] variances,
      float[] powers,
      float[] ofTheta,
      float[] ofVariance,
      float weight,
      int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector mean = FloatVector.fromArray(FLOATS, theta, i);
      FloatVector variance = FloatVector.fromArray(FLOATS, variances, i);
      FloatVector square = mean.fma(mean, broadcast(EPSILON));
      FloatVector both = square.add(variance);
      FloatVector below = FloatVector.fromArray(FLOATS, powers, i).add(1f);
      FloatVector product = square.mul(both);
      FloatVector reciprocal = broadcast(1f).div(product.mul(below));
      FloatVector sigmoid = reciprocal.mul(product);
      FloatVector rest = reciprocal.mul(below);
      FloatVector share = rest.mul(square).mul(square);
      FloatVector slope = sigmoid.mul(SLOPE).fma(broadcast(1f).sub(sigmoid), share.mul(-0.5f));
      VectorMask<Float> inside =
          variance
              .compare(VectorOperators.GT, square.mul(LOWEST))
              .and(variance.compare(VectorOperators.LT, square.mul(HIGHEST)));
      FloatVector pulled = slope.mul(weight);
      FloatVector pushed = FloatVector.fromArray(FLOATS, ofVariance, i).mul(variance);
      FloatVector outward = pushed.blend(pulled.neg(), inside);
      sigmoid.intoArray(powers, i);
      mean.mul(2f)
          .mul(rest.mul(both))
          .fma(outward, FloatVector.fromArray(FLOATS, ofTheta, i))
          .intoArray(ofTheta, i);
      broadcast(0f).blend(pushed.add(pulled), inside).intoArray(ofVariance, i);
    }
  }
}
