package org.espalier.kernel;

import static org.espalier.kernel.VariationalPasses.CLIP;
import static org.espalier.kernel.VariationalPasses.EPSILON;
import static org.espalier.kernel.VariationalPasses.K1;
import static org.espalier.kernel.VariationalPasses.K2;
import static org.espalier.kernel.VariationalPasses.K3;

/**
 * The parameters' side of {@link VariationalPasses} in pieces. Clipping is done on the variance,
 * not on log alpha, which saves a logarithm: {@code s = clamp(exp(log sigma^2), t e^-8, t e^8)}
 * with {@code t = theta^2 + 1e-8}; then {@code exp(-log alpha) = t / s}.
 */
final class VariationalParameters extends Chunked {
  private static final float LOWEST = (float) Math.exp(-CLIP);
  private static final float HIGHEST = (float) Math.exp(CLIP);
  private static final float GATE_AT_ZERO = (float) Math.exp(-K2);

  private static final float SLOPE = (float) (-K1 * K3);

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

  VariationalParameters(LaneMath math) {
    super(math);
  }

  void variance(Values theta, Values logSigma2, Values to) {
    operands(theta, logSigma2, to, to);
    each(theta.length(), CHUNK, varying);
  }

  private double varianceChunk(int from, int size, int slice, Scratch s) {
    means.read(from, s.a, size);
    companions.read(from, s.b, size);
    clamped(s.a, s.b, s.c, size);
    result.write(from, s.b, size);
    return 0;
  }

  double gradient(
      Values theta, Values variance, Values thetaGradient, Values varianceGradient, double weight) {
    operands(theta, variance, thetaGradient, varianceGradient);
    number = (float) weight;
    return each(theta.length(), CHUNK, differentiating);
  }

  private double gradientChunk(int from, int size, int slice, Scratch s) {
    float[] theta = s.a;
    float[] variance = s.b;
    float[] square = s.c;
    float[] ofTheta = s.d;
    float[] ofVariance = s.e;
    means.read(from, theta, size);
    companions.read(from, variance, size);
    squares(theta, square, size);
    result.read(from, ofTheta, size);
    other.read(from, ofVariance, size);
    sigmoids(variance, square, s.f, s.i, size);
    spread(s, size);
    result.write(from, ofTheta, size);
    other.write(from, ofVariance, size);
    return number == 0f ? 0 : divergence(s.f, s.i, size);
  }

  /**
   * Takes the gradients of mean and variance, and the slope of the penalty, to the parameters; in
   * loops that are short enough for the compiler to vectorise.
   */
  private void spread(Scratch s, int size) {
    inside(s.b, s.c, s.g, size);
    slopes(s.b, s.c, s.f, s.h, size);
    float[] theta = s.a;
    float[] variance = s.b;
    float[] square = s.c;
    float[] ofTheta = s.d;
    float[] ofVariance = s.e;
    float[] inside = s.g;
    float[] slope = s.h;
    float weight = number;
    for (int i = 0; i < size; i++) {
      float pulled = inside[i] * weight * slope[i];
      float pushed = ofVariance[i] * variance[i];
      ofTheta[i] += 2f * theta[i] / square[i] * ((1f - inside[i]) * pushed - pulled);
      ofVariance[i] = inside[i] * pushed + pulled;
    }
  }

  /** 1 strictly inside the clipping range, 0 on its ends. */
  private static void inside(float[] variance, float[] square, float[] inside, int size) {
    for (int i = 0; i < size; i++) {
      float margin = (variance[i] - square[i] * LOWEST) * (square[i] * HIGHEST - variance[i]);
      inside[i] = Math.min(margin * Rectifier.HUGE * Rectifier.HUGE, 1f);
    }
  }

  /** The slopes of the divergence by log alpha. */
  private static void slopes(
      float[] variance, float[] square, float[] sigmoid, float[] slope, int size) {
    for (int i = 0; i < size; i++) {
      float g = sigmoid[i];
      slope[i] = SLOPE * g * (1f - g) - 0.5f * square[i] / (variance[i] + square[i]);
    }
  }

  double divergence(Values theta, Values logSigma2) {
    operands(theta, logSigma2, theta, theta);
    return each(theta.length(), CHUNK, diverging);
  }

  private double divergenceChunk(int from, int size, int slice, Scratch s) {
    means.read(from, s.a, size);
    companions.read(from, s.b, size);
    clamped(s.a, s.b, s.c, size);
    sigmoids(s.b, s.c, s.f, s.i, size);
    return divergence(s.f, s.i, size);
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

  /** Turns log sigma^2 into the clipped variance, and leaves theta^2 + 1e-8 in {@code square}. */
  private void clamped(float[] theta, float[] variance, float[] square, int size) {
    squares(theta, square, size);
    math.exp(variance, size);
    for (int i = 0; i < size; i++) {
      variance[i] = Math.min(Math.max(variance[i], square[i] * LOWEST), square[i] * HIGHEST);
    }
  }

  private static void squares(float[] theta, float[] square, int size) {
    for (int i = 0; i < size; i++) {
      square[i] = theta[i] * theta[i] + (float) EPSILON;
    }
  }

  /** {@code sigmoid(K2 + K3 log alpha)}, and {@code 1 + 1 / alpha}. */
  private void sigmoids(
      float[] variance, float[] square, float[] sigmoid, float[] logarithmand, int size) {
    for (int i = 0; i < size; i++) {
      float inverse = square[i] / variance[i];
      sigmoid[i] = inverse;
      logarithmand[i] = 1f + inverse;
    }
    math.log(sigmoid, size);
    for (int i = 0; i < size; i++) {
      sigmoid[i] *= (float) K3;
    }
    math.expWithin(sigmoid, size);
    for (int i = 0; i < size; i++) {
      sigmoid[i] = 1f / (1f + GATE_AT_ZERO * sigmoid[i]);
    }
  }

  /** The sum of the divergences; overwrites both. */
  private double divergence(float[] sigmoid, float[] logarithmand, int size) {
    return 0.5 * sumOfLogs(logarithmand, size) + K1 * size - K1 * foldedSum(sigmoid, size);
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
