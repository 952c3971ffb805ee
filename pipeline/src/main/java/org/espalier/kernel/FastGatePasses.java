package org.espalier.kernel;

/** {@link GatePasses} in pieces. */
final class FastGatePasses extends Chunked implements GatePasses {
  private static final float RANGE = (float) (ZETA - GAMMA);
  private static final float LOW = (float) GAMMA;
  private static final float LIMIT = 29f;
  private static final float OPEN_AT_ZERO = (float) Math.exp(-SHIFT);

  private final Chunk drawing = this::drawChunk;
  private final Chunk differentiating = this::gradientChunk;
  private final Chunk penalising = this::penaltyChunk;
  private final Chunk expecting = this::expectChunk;
  private final Chunk estimating = this::estimateChunk;
  private FloatValues means;
  private FloatValues logs;
  private FloatValues sigmoids;
  private FloatValues probabilities;
  private FloatValues result;
  private FloatValues other;
  private Noise noise;
  private float factor;

  FastGatePasses(LaneMath math) {
    super(math);
  }

  @Override
  public void draw(
      Values theta, Values logAlpha, Noise stream, Values concrete, Values open, Values weights) {
    int length = theta.length();
    means = FloatValues.require(theta);
    logs = operand("log alpha", logAlpha, length);
    sigmoids = operand("the concrete variable", concrete, length);
    probabilities = operand("the probability of open gates", open, length);
    result = operand("the gated weights", weights, length);
    noise = stream;
    each(length, CHUNK, drawing);
  }

  private double drawChunk(int from, int size, int slice, Scratch s) {
    float[] u = s.a;
    float[] x = s.b;
    float[] theta = s.c;
    noise.uniforms(from, u, size, math);
    logs.read(from, x, size);
    means.read(from, theta, size);
    halfPower(x, size);
    opened(x, s.d, size);
    drawn(x, u, size);
    for (int i = 0; i < size; i++) {
      theta[i] *= gate(x[i]);
    }
    sigmoids.write(from, x, size);
    probabilities.write(from, s.d, size);
    result.write(from, theta, size);
    return 0;
  }

  /**
   * {@code exp(-log alpha / 2)}, whose square and cube stand for both powers of alpha that are
   * needed. A gate whose log alpha is outside the limits is as surely open or closed on them.
   */
  private void halfPower(float[] x, int size) {
    for (int i = 0; i < size; i++) {
      x[i] = Math.min(Math.max(-0.5f * x[i], -LIMIT), LIMIT);
    }
    math.expWithin(x, size);
  }

  /** The probability that a gate is open, from {@link #halfPower}. */
  private static void opened(float[] root, float[] open, int size) {
    for (int i = 0; i < size; i++) {
      open[i] = 1f / (1f + OPEN_AT_ZERO * (root[i] * root[i]));
    }
  }

  /**
   * The concrete variable, from {@link #halfPower}: {@code 1 / (1 + odds^1.5 root^3)} with the odds
   * {@code (1 - u) / (u + 1e-8)}, all over one denominator.
   */
  private static void drawn(float[] root, float[] u, int size) {
    for (int i = 0; i < size; i++) {
      float above = 1f - u[i];
      float below = u[i] + (float) EPSILON;
      float square = below * below;
      float power = above * (float) Math.sqrt(above * below);
      root[i] = square / (square + power * (root[i] * root[i] * root[i]));
    }
  }

  @Override
  public double gradient(
      Values theta,
      Values concrete,
      Values open,
      Values thetaGradient,
      Values logAlphaGradient,
      double weight) {
    int length = theta.length();
    means = FloatValues.require(theta);
    sigmoids = operand("the concrete variable", concrete, length);
    probabilities = operand("the probability of open gates", open, length);
    result = operand("the gradient of theta", thetaGradient, length);
    other = operand("the gradient of log alpha", logAlphaGradient, length);
    factor = (float) weight;
    return each(length, CHUNK, differentiating);
  }

  private double gradientChunk(int from, int size, int slice, Scratch s) {
    float[] theta = s.a;
    float[] x = s.b;
    float[] upstream = s.c;
    float[] open = s.d;
    means.read(from, theta, size);
    sigmoids.read(from, x, size);
    result.read(from, upstream, size);
    probabilities.read(from, open, size);
    spread(s, size);
    result.write(from, upstream, size);
    other.write(from, s.e, size);
    return factor == 0f ? 0 : foldedSum(open, size);
  }

  @Override
  public double penaltyGradient(Values logAlpha, Values logAlphaGradient, double weight) {
    logs = FloatValues.require(logAlpha);
    other = operand("the gradient of log alpha", logAlphaGradient, logAlpha.length());
    factor = (float) weight;
    return each(logAlpha.length(), CHUNK, penalising);
  }

  private double penaltyChunk(int from, int size, int slice, Scratch s) {
    float[] open = s.a;
    float[] ofLog = s.b;
    float weight = factor;
    open(from, open, size);
    for (int i = 0; i < size; i++) {
      ofLog[i] = weight * open[i] * (1f - open[i]);
    }
    other.write(from, ofLog, size);
    return foldedSum(open, size);
  }

  /** The gate of a concrete variable: stretched, then cut off. */
  private static float gate(float concrete) {
    return Math.min(Math.max(concrete * RANGE + LOW, 0f), 1f);
  }

  /**
   * Takes the gradient of the gated weights, and the penalty, to the parameters; in loops that are
   * short enough for the compiler to vectorise.
   */
  private void spread(Scratch s, int size) {
    float[] gates = s.f;
    for (int i = 0; i < size; i++) {
      gates[i] = gate(s.b[i]);
    }
    slopes(s.b, gates, s.g, size);
    gradients(s.a, s.c, s.d, s.g, s.e, size);
    float[] upstream = s.c;
    for (int i = 0; i < size; i++) {
      upstream[i] *= gates[i];
    }
  }

  /** The slopes of the gates: 0 where one is closed or fully open. */
  private static void slopes(float[] x, float[] gates, float[] slopes, int size) {
    for (int i = 0; i < size; i++) {
      float moving = Math.min(gates[i] * (1f - gates[i]) * Rectifier.HUGE * Rectifier.HUGE, 1f);
      slopes[i] = moving * (float) ((ZETA - GAMMA) / BETA) * x[i] * (1f - x[i]);
    }
  }

  private void gradients(
      float[] theta, float[] upstream, float[] open, float[] slopes, float[] ofLog, int size) {
    float weight = factor;
    for (int i = 0; i < size; i++) {
      ofLog[i] = upstream[i] * theta[i] * slopes[i] + weight * open[i] * (1f - open[i]);
    }
  }

  @Override
  public double expectedOpen(Values logAlpha) {
    logs = FloatValues.require(logAlpha);
    return each(logAlpha.length(), CHUNK, expecting);
  }

  private double expectChunk(int from, int size, int slice, Scratch s) {
    open(from, s.a, size);
    return foldedSum(s.a, size);
  }

  @Override
  public void estimate(Values theta, Values logAlpha, Values to) {
    means = FloatValues.require(theta);
    logs = operand("log alpha", logAlpha, theta.length());
    result = operand("the result", to, theta.length());
    each(theta.length(), CHUNK, estimating);
  }

  private double estimateChunk(int from, int size, int slice, Scratch s) {
    float[] x = s.a;
    float[] theta = s.b;
    logs.read(from, x, size);
    means.read(from, theta, size);
    sigmoid(x, 1f, size);
    for (int i = 0; i < size; i++) {
      theta[i] *= gate(x[i]);
    }
    result.write(from, theta, size);
    return 0;
  }

  private void open(int from, float[] to, int size) {
    logs.read(from, to, size);
    sigmoid(to, OPEN_AT_ZERO, size);
  }

  /** {@code x = 1 / (1 + shift exp(-x))}. */
  private void sigmoid(float[] x, float shift, int size) {
    for (int i = 0; i < size; i++) {
      x[i] = -x[i];
    }
    math.exp(x, size);
    for (int i = 0; i < size; i++) {
      x[i] = 1f / (1f + shift * x[i]);
    }
  }

  private static FloatValues operand(String name, Values values, int length) {
    requireLength(name, values, length);
    return FloatValues.require(values);
  }
}
