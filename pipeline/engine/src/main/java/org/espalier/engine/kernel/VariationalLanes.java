package org.espalier.engine.kernel;

import static org.espalier.engine.kernel.VariationalPasses.EPSILON;
import static org.espalier.engine.kernel.VariationalPasses.K1;
import static org.espalier.engine.kernel.VariationalPasses.K2;
import static org.espalier.engine.kernel.VariationalPasses.K3;

import java.nio.ByteBuffer;

/**
 * What {@link VariationalPasses} compute of every weight: of the float32 numbers {@code first} to
 * {@code end - 1} of off-heap memory, in the CPU's byte order. Here one at a time; subclasses use
 * the CPU's lanes and give the same bits. Arrays hold the value of number {@code i} at {@code i -
 * from}, and are padded as {@link LaneMath} says.
 *
 * <p>Clipping is done on the variance, not on log alpha, which saves a logarithm: {@code s =
 * clamp(exp(log sigma^2), t e^-8, t e^8)} with {@code t = theta^2 + 1e-8}; then {@code 1 / alpha =
 * t / s}.
 */
public class VariationalLanes {
  /** e to the lower bound of log alpha. */
  public static final float LOWEST = (float) Math.exp(-VariationalPasses.CLIP);

  /** e to the upper bound of log alpha. */
  public static final float HIGHEST = (float) Math.exp(VariationalPasses.CLIP);

  /**
   * The clipped variance s.
   *
   * @param to becomes s; may be log sigma^2
   */
  public void variance(ByteBuffer theta, ByteBuffer logSigma2, ByteBuffer to, int first, int end) {
    for (int i = first; i < end; i++) {
      float square = square(theta.getFloat(i * Float.BYTES));
      float variance = FloatMath.exp(logSigma2.getFloat(i * Float.BYTES));
      float least = square * LOWEST;
      float most = square * HIGHEST;
      float above = variance < least ? least : variance;
      to.putFloat(i * Float.BYTES, above > most ? most : above);
    }
  }

  /**
   * Powers of alpha that the divergence is made of.
   *
   * @param power becomes {@code exp(-K2 - K3 log alpha)}
   * @param above becomes {@code 1 + 1 / alpha}
   */
  public void powers(
      ByteBuffer theta,
      ByteBuffer variance,
      float[] power,
      float[] above,
      int from,
      int first,
      int end) {
    for (int i = first; i < end; i++) {
      float square = square(theta.getFloat(i * Float.BYTES));
      float inverse = square / variance.getFloat(i * Float.BYTES);
      above[i - from] = inverse + 1f;
      float exponent = Math.fma(FloatMath.log(inverse), (float) K3, (float) -K2);
      power[i - from] = FloatMath.expWithin(exponent);
    }
  }

  /**
   * Takes the gradients of mean and variance, and the slope of the divergence, to the parameters.
   *
   * @param power holds what {@link #powers} left; becomes {@code sigmoid(K2 + K3 log alpha)}
   * @param ofTheta holds the gradient through the mean; becomes that of theta
   * @param ofVariance holds the gradient of the variance; becomes that of log sigma^2
   * @param weight factor of the divergence
   */
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
    for (int i = first; i < end; i++) {
      float mean = theta.getFloat(i * Float.BYTES);
      float s = variance.getFloat(i * Float.BYTES);
      float square = square(mean);
      float both = square + s;
      float below = power[i - from] + 1f;
      float product = square * both;
      float reciprocal = 1f / (product * below);
      float sigmoid = reciprocal * product;
      float rest = reciprocal * below;
      float share = rest * square * square;
      float slope = Math.fma(sigmoid * (float) (-K1 * K3), 1f - sigmoid, share * -0.5f);
      boolean inside = s > square * LOWEST && s < square * HIGHEST;
      float pulled = slope * weight;
      float pushed = ofVariance.getFloat(i * Float.BYTES) * s;
      float outward = inside ? -pulled : pushed;
      float before = ofTheta.getFloat(i * Float.BYTES);
      power[i - from] = sigmoid;
      ofTheta.putFloat(i * Float.BYTES, Math.fma(mean * 2f * (rest * both), outward, before));
      ofVariance.putFloat(i * Float.BYTES, inside ? pushed + pulled : 0f);
    }
  }

  private static float square(float theta) {
    return Math.fma(theta, theta, (float) EPSILON);
  }
}
