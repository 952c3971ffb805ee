package org.espalier.engine.kernel;

import static org.espalier.engine.kernel.VariationalPasses.EPSILON;
import static org.espalier.engine.kernel.VariationalPasses.K1;

/** The parameters' side of {@link VariationalPasses} in pieces. */
final class VariationalParameters extends Chunked {
  private final VariationalLanes lanes;
  private final Chunk varying = this::varianceChunk;
  private final Chunk differentiating = this::gradientChunk;
  private final Chunk diverging = this::divergenceChunk;
  private final Chunk keeping = this::keepChunk;
  private final Chunk gating = this::gateChunk;
  private FloatValues means;
  private FloatValues companions;
  private FloatValues result;
  private FloatValues other;
  private float number;

  /** Where training has not left them; made when the divergence alone is asked for. */
  private Values variances;

  VariationalParameters(LaneMath math) {
    super(math);
    lanes = math.variational();
  }

  void variance(Values theta, Values logSigma2, Values to) {
    operands(theta, logSigma2, to, to);
    each(theta.length(), CHUNK, varying);
  }

  private double varianceChunk(int from, int size, int slice, Scratch s) {
    lanes.variance(means.bytes(), companions.bytes(), result.bytes(), from, from + size);
    return 0;
  }

  double gradient(
      Values theta, Values variance, Values thetaGradient, Values varianceGradient, double weight) {
    operands(theta, variance, thetaGradient, varianceGradient);
    number = (float) weight;
    return each(theta.length(), CHUNK, differentiating);
  }

  private double gradientChunk(int from, int size, int slice, Scratch s) {
    float[] power = s.a;
    float[] above = s.b;
    int end = from + size;
    lanes.powers(means.bytes(), companions.bytes(), power, above, from, from, end);
    lanes.gradient(
        means.bytes(),
        companions.bytes(),
        power,
        result.bytes(),
        other.bytes(),
        number,
        from,
        from,
        end);
    return number == 0f ? 0 : divergence(power, above, size);
  }

  double divergence(Values theta, Values logSigma2) {
    if (variances == null || variances.length() != theta.length()) {
      variances = Values.floats(theta.length());
    }
    variance(theta, logSigma2, variances);
    operands(theta, variances, theta, theta);
    return each(theta.length(), CHUNK, diverging);
  }

  private double divergenceChunk(int from, int size, int slice, Scratch s) {
    float[] power = s.a;
    lanes.powers(means.bytes(), companions.bytes(), power, s.b, from, from, from + size);
    for (int i = 0; i < size; i++) {
      power[i] = 1f / (1f + power[i]);
    }
    return divergence(power, s.b, size);
  }

  void keepBelow(double threshold, Values theta, Values logSigma2, Values to) {
    operands(theta, logSigma2, to, to);
    number = (float) threshold;
    each(theta.length(), CHUNK, keeping);
  }

  private double keepChunk(int from, int size, int slice, Scratch s) {
    float[] theta = s.a;
    float[] logSigma2 = s.b;
    float[] square = s.c;
    means.read(from, theta, size);
    companions.read(from, logSigma2, size);
    squares(theta, square, size);
    math.log(square, size);
    for (int i = 0; i < size; i++) {
      theta[i] = logSigma2[i] - square[i] < number ? theta[i] : 0f;
    }
    result.write(from, theta, size);
    return 0;
  }

  void keepGradient(Values kept, Values gradient) {
    operands(kept, gradient, gradient, gradient);
    each(kept.length(), CHUNK, gating);
  }

  private double gateChunk(int from, int size, int slice, Scratch s) {
    means.read(from, s.a, size);
    result.read(from, s.b, size);
    for (int i = 0; i < size; i++) {
      s.a[i] = Math.abs(s.a[i]);
    }
    Rectifier.gate(s.b, s.a, size);
    result.write(from, s.b, size);
    return 0;
  }

  private static void squares(float[] theta, float[] square, int size) {
    for (int i = 0; i < size; i++) {
      square[i] = theta[i] * theta[i] + (float) EPSILON;
    }
  }

  /** The sum of the divergences; overwrites both. */
  private double divergence(float[] sigmoid, float[] above, int size) {
    return 0.5 * sumOfLogs(above, size) + K1 * size - K1 * foldedSum(sigmoid, size);
  }

  /**
   * The sum of the logarithms of numbers between 1 and 2982, as the logarithms of products of
   * eight; the numbers are overwritten.
   */
  private double sumOfLogs(float[] x, int size) {
    int padded = padded(x, size, 1f);
    math.multiplyEights(x, padded);
    math.log(x, padded / 8);
    return sum(x, padded / 8);
  }

  private void operands(Values theta, Values companion, Values to, Values second) {
    requireLength("log sigma^2 or the variance", companion, theta.length());
    requireLength("the result", to, theta.length());
    requireLength("the gradient of the variance", second, theta.length());
    means = FloatValues.require(theta);
    companions = FloatValues.require(companion);
    result = FloatValues.require(to);
    other = FloatValues.require(second);
  }
}
