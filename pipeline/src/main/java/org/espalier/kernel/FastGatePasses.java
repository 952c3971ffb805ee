package org.espalier.kernel;

/** {@link GatePasses} in pieces. */
final class FastGatePasses extends Chunked implements GatePasses {
  private static final float RANGE = (float) (ZETA - GAMMA);
  private static final float LOW = (float) GAMMA;
  private static final float OPEN_AT_ZERO = (float) Math.exp(-SHIFT);

  private final Chunk drawing = this::drawChunk;
  private final Chunk differentiating = this::gradientChunk;
  private final Chunk expecting = this::expectChunk;
  private final Chunk estimating = this::estimateChunk;
  private FloatValues means;
  private FloatValues logs;
  private FloatValues sigmoids;
  private FloatValues result;
  private FloatValues other;
  private Noise noise;
  private float factor;

  FastGatePasses(LaneMath math) {
    super(math);
  }

  @Override
  public void draw(Values theta, Values logAlpha, Noise stream, Values concrete, Values weights) {
    operands(theta, logAlpha, concrete, weights, weights);
    noise = stream;
    each(theta.length(), CHUNK, drawing);
  }

  private double drawChunk(int from, int size, int slice, Scratch s) {
    float[] u = s.a;
    float[] x = s.b;
    float[] theta = s.c;
    noise.uniforms(from, u, size, math);
    logs.read(from, x, size);
    means.read(from, theta, size);
    for (int i = 0; i < size; i++) {
      u[i] = (1f - u[i]) / (u[i] + (float) EPSILON);
      x[i] *= (float) (-1 / BETA);
    }
    math.exp(x, size);
    for (int i = 0; i < size; i++) {
      // A power by 1 / beta = 3/2 is a product with a root.
      x[i] = 1f / (1f + u[i] * (float) Math.sqrt(u[i]) * x[i]);
    }
    for (int i = 0; i < size; i++) {
      theta[i] *= gate(x[i]);
    }
    sigmoids.write(from, x, size);
    result.write(from, theta, size);
    return 0;
  }

  @Override
  public double gradient(
      Values theta,
      Values logAlpha,
      Values concrete,
      Values thetaGradient,
      Values logAlphaGradient,
      double weight) {
    operands(theta, logAlpha, concrete, thetaGradient, logAlphaGradient);
    factor = (float) weight;
    return each(theta.length(), CHUNK, differentiating);
  }

  private double gradientChunk(int from, int size, int slice, Scratch s) {
    float[] theta = s.a;
    float[] x = s.b;
    float[] upstream = s.c;
    float[] open = s.d;
    means.read(from, theta, size);
    sigmoids.read(from, x, size);
    result.read(from, upstream, size);
    open(from, open, size);
    spread(s, size);
    result.write(from, upstream, size);
    other.write(from, s.e, size);
    return factor == 0f ? 0 : foldedSum(open, size);
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
    operands(logAlpha, logAlpha, logAlpha, logAlpha, logAlpha);
    return each(logAlpha.length(), CHUNK, expecting);
  }

  private double expectChunk(int from, int size, int slice, Scratch s) {
    open(from, s.a, size);
    return foldedSum(s.a, size);
  }

  @Override
  public void estimate(Values theta, Values logAlpha, Values to) {
    operands(theta, logAlpha, to, to, to);
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

  private void operands(
      Values theta, Values logAlpha, Values concrete, Values first, Values second) {
    int length = theta.length();
    requireLength("log alpha", logAlpha, length);
    requireLength("the concrete variable", concrete, length);
    requireLength("the result", first, length);
    requireLength("the gradient of log alpha", second, length);
    means = FloatValues.require(theta);
    logs = FloatValues.require(logAlpha);
    sigmoids = FloatValues.require(concrete);
    result = FloatValues.require(first);
    other = FloatValues.require(second);
  }
}
