package org.espalier.engine.kernel;

/** {@link GatePasses} in pieces. */
final class FastGatePasses extends Chunked implements GatePasses {
  private static final float LOW = (float) GAMMA;

  private final GateLanes lanes;
  private final Chunk drawing = this::drawChunk;
  private final Chunk differentiating = this::gradientChunk;
  private final Chunk penalising = this::penaltyChunk;
  private final Chunk expecting = this::expectChunk;
  private final Chunk decaying = this::decayChunk;
  private final Chunk squaring = this::squaresChunk;
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
    lanes = math.gates();
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
    float[] root = s.b;
    int end = from + size;
    noise.uniforms(from, u, size, math);
    lanes.roots(logs.bytes(), root, from, from, end);
    lanes.draw(
        root,
        u,
        means.bytes(),
        sigmoids.bytes(),
        probabilities.bytes(),
        result.bytes(),
        from,
        from,
        end);
    return 0;
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
    lanes.gradient(
        means.bytes(),
        sigmoids.bytes(),
        probabilities.bytes(),
        result.bytes(),
        other.bytes(),
        factor,
        from,
        from + size);
    if (factor == 0f) {
      return 0;
    }
    probabilities.read(from, s.a, size);
    return foldedSum(s.a, size);
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
    return Math.min(Math.max(concrete * GateLanes.RANGE + LOW, 0f), 1f);
  }

  @Override
  public double decayGradient(
      Values theta, Values logAlpha, Values thetaGradient, Values logAlphaGradient, double weight) {
    int length = theta.length();
    means = FloatValues.require(theta);
    logs = operand("log alpha", logAlpha, length);
    result = operand("the gradient of theta", thetaGradient, length);
    other = operand("the gradient of log alpha", logAlphaGradient, length);
    factor = (float) weight;
    return each(length, CHUNK, decaying);
  }

  private double decayChunk(int from, int size, int slice, Scratch s) {
    float[] open = s.a;
    float[] theta = s.b;
    float[] gradient = s.c;
    float weight = factor;
    open(from, open, size);
    means.read(from, theta, size);
    result.read(from, gradient, size);
    for (int i = 0; i < size; i++) {
      gradient[i] += weight * open[i] * theta[i];
    }
    result.write(from, gradient, size);
    other.read(from, gradient, size);
    for (int i = 0; i < size; i++) {
      float half = 0.5f * open[i] * theta[i] * theta[i];
      gradient[i] += weight * half * (1f - open[i]);
      open[i] = half;
    }
    other.write(from, gradient, size);
    return foldedSum(open, size);
  }

  @Override
  public double expectedSquares(Values theta, Values logAlpha) {
    means = FloatValues.require(theta);
    logs = operand("log alpha", logAlpha, theta.length());
    return each(theta.length(), CHUNK, squaring);
  }

  private double squaresChunk(int from, int size, int slice, Scratch s) {
    float[] open = s.a;
    float[] theta = s.b;
    open(from, open, size);
    means.read(from, theta, size);
    for (int i = 0; i < size; i++) {
      open[i] *= 0.5f * theta[i] * theta[i];
    }
    return foldedSum(open, size);
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
    sigmoid(to, GateLanes.OPEN_AT_ZERO, size);
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
