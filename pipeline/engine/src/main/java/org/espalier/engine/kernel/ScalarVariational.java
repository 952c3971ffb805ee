package org.espalier.engine.kernel;

import static org.espalier.engine.kernel.VariationalPasses.EPSILON;
import static org.espalier.engine.kernel.VariationalPasses.K1;
import static org.espalier.engine.kernel.VariationalPasses.K2;
import static org.espalier.engine.kernel.VariationalPasses.K3;

import java.nio.ByteBuffer;

/** {@link VariationalLanes} one number at a time. */
final class ScalarVariational implements VariationalLanes {
  @Override
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

  @Override
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
