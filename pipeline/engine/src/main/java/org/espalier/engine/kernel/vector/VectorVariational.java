package org.espalier.engine.kernel.vector;

import static org.espalier.engine.kernel.FloatMath.HIGHEST_EXPONENT;
import static org.espalier.engine.kernel.FloatMath.LN2_HIGH;
import static org.espalier.engine.kernel.FloatMath.LN2_LOW;
import static org.espalier.engine.kernel.FloatMath.LOG2_E;
import static org.espalier.engine.kernel.FloatMath.LOWEST_EXPONENT;
import static org.espalier.engine.kernel.FloatMath.ROUNDER;
import static org.espalier.engine.kernel.FloatMath.SQRT_HALF_BITS;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_0;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_1;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_2;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_3;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_4;
import static org.espalier.engine.kernel.vector.Coefficients.EXP_5;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_0;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_1;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_2;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_3;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_4;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_5;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_6;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_7;
import static org.espalier.engine.kernel.vector.Coefficients.LOG_8;
import static org.espalier.engine.kernel.vector.Coefficients.ROUNDER_BITS;
import static org.espalier.engine.kernel.vector.Species.FLOATS;
import static org.espalier.engine.kernel.vector.Species.LANES;
import static org.espalier.engine.kernel.vector.Species.broadcast;
import static org.espalier.engine.kernel.vector.Species.load;
import static org.espalier.engine.kernel.vector.Species.store;
import static org.espalier.engine.kernel.vector.Species.whole;

import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.espalier.engine.kernel.VariationalLanes;
import org.espalier.engine.kernel.VariationalPasses;

/** {@link VariationalLanes} in the CPU's lanes, in loops as long as the compiler can still take. */
final class VectorVariational extends VariationalLanes {
  private static final float EPSILON = (float) VariationalPasses.EPSILON;
  private static final float K2 = (float) VariationalPasses.K2;
  private static final float K3 = (float) VariationalPasses.K3;
  private static final float SLOPE = (float) (-VariationalPasses.K1 * VariationalPasses.K3);

  private final Apart.Pass varying =
      (theta, logSigma2, to, d, e, x, y, factor, from, first, end) ->
          variances(theta, logSigma2, to, first, end);
  private final Apart.Pass logarithms =
      (theta, variance, c, d, e, x, y, factor, from, first, end) ->
          logarithms(theta, variance, x, y, from, first, end);
  private final Apart.Loop exponentials = VectorLanes::exponentials;
  private final Apart.Pass differentiating =
      (theta, variance, ofTheta, ofVariance, e, x, y, factor, from, first, end) ->
          gradients(theta, variance, x, ofTheta, ofVariance, factor, from, first, end);

  @Override
  public void variance(ByteBuffer theta, ByteBuffer logSigma2, ByteBuffer to, int first, int end) {
    int whole = whole(first, end);
    Apart.call(varying, theta, logSigma2, to, null, null, null, null, 0, 0, first, whole);
    super.variance(theta, logSigma2, to, whole, end);
  }

  @Override
  public void powers(
      ByteBuffer theta,
      ByteBuffer variance,
      float[] power,
      float[] above,
      int from,
      int first,
      int end) {
    int whole = whole(first, end);
    Apart.call(logarithms, theta, variance, null, null, null, power, above, 0, from, first, whole);
    Apart.call(exponentials, power, whole - from);
    super.powers(theta, variance, power, above, from, whole, end);
  }

  @Override
  public void gradient(
      ByteBuffer theta,
      ByteBuffer variance,
      float[] power,
      ByteBuffer ofTheta,
      ByteBuffer ofVariance,
      float weight,
      int from,
      int first,
      int end) {
    int whole = whole(first, end);
    Apart.call(
        differentiating,
        theta,
        variance,
        ofTheta,
        ofVariance,
        null,
        power,
        null,
        weight,
        from,
        first,
        whole);
    super.gradient(theta, variance, power, ofTheta, ofVariance, weight, from, whole, end);
  }

  private static void variances(
      ByteBuffer theta, ByteBuffer logSigma2, ByteBuffer to, int first, int end) {
    for (int i = first; i < end; i += LANES) {
      FloatVector x = load(logSigma2, i);
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
      FloatVector mean = load(theta, i);
      FloatVector square = mean.fma(mean, broadcast(EPSILON));
      FloatVector least = square.mul(LOWEST);
      FloatVector most = square.mul(HIGHEST);
      FloatVector bounded = variance.blend(least, variance.lt(least));
      store(bounded.blend(most, bounded.compare(VectorOperators.GT, most)), to, i);
    }
  }

  /** {@code -K2 - K3 log alpha}, and {@code 1 + 1 / alpha}. */
  private static void logarithms(
      ByteBuffer theta,
      ByteBuffer variance,
      float[] to,
      float[] above,
      int from,
      int first,
      int end) {
    for (int i = first; i < end; i += LANES) {
      FloatVector mean = load(theta, i);
      FloatVector square = mean.fma(mean, broadcast(EPSILON));
      FloatVector inverse = square.div(load(variance, i));
      inverse.add(1f).intoArray(above, i - from);
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
      log.fma(broadcast(K3), broadcast(-K2)).intoArray(to, i - from);
    }
  }

  private static void gradients(
      ByteBuffer theta,
      ByteBuffer variances,
      float[] powers,
      ByteBuffer ofTheta,
      ByteBuffer ofVariance,
      float weight,
      int from,
      int first,
      int end) {
    for (int i = first; i < end; i += LANES) {
      FloatVector mean = load(theta, i);
      FloatVector variance = load(variances, i);
      FloatVector square = mean.fma(mean, broadcast(EPSILON));
      FloatVector both = square.add(variance);
      FloatVector below = FloatVector.fromArray(FLOATS, powers, i - from).add(1f);
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
      FloatVector pushed = load(ofVariance, i).mul(variance);
      FloatVector outward = pushed.blend(pulled.neg(), inside);
      sigmoid.intoArray(powers, i - from);
      FloatVector along = mean.mul(2f).mul(rest.mul(both));
      store(along.fma(outward, load(ofTheta, i)), ofTheta, i);
      store(broadcast(0f).blend(pushed.add(pulled), inside), ofVariance, i);
    }
  }
}
