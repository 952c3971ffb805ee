package org.espalier.engine.kernel;

import java.util.Arrays;

/** The layer's side of {@link VariationalPasses} in pieces: what has a row per example. */
final class FastVariationalPasses extends Chunked implements VariationalPasses {
  private final VariationalParameters parameters;
  private final Tiles tiles = new Tiles();
  private final Chunk sampling = this::sampleChunk;
  private final Chunk differentiating = this::gradientChunk;
  private FloatValues values;
  private FloatValues left;
  private FloatValues roots;
  private Columns columns;
  private int width;
  private Activation activation;
  private Noise noise;
  private Sharing sharing;
  private float[] bias;
  private float[][] sums;

  FastVariationalPasses(LaneMath math) {
    super(math);
    parameters = new VariationalParameters(math);
  }

  @Override
  public void variance(Values theta, Values logSigma2, Values to) {
    parameters.variance(theta, logSigma2, to);
  }

  @Override
  public void sample(
      Values output,
      Values deviation,
      Values toAdd,
      Activation function,
      Noise stream,
      Sharing rows) {
    requireLength("the variance", deviation, output.length());
    columns = Columns.of(output, toAdd.length());
    width = toAdd.length();
    values = FloatValues.require(output);
    roots = FloatValues.require(deviation);
    bias = tiles.repeated(columns, FloatValues.require(toAdd));
    activation = function;
    noise = stream;
    sharing = rows;
    each(output.length(), CHUNK, sampling);
  }

  private double sampleChunk(int from, int size, int slice, Scratch s) {
    float[] y = s.a;
    float[] root = s.b;
    float[] e = s.c;
    values.read(from, y, size);
    roots.read(from, root, size);
    normals(from, size, e, s.d);
    columns.add(bias, from, y, size, math);
    for (int i = 0; i < size; i++) {
      root[i] = (float) Math.sqrt(root[i] + (float) EPSILON);
    }
    for (int i = 0; i < size; i++) {
      y[i] += root[i] * e[i];
    }
    Rectifier.apply(activation, y, size);
    values.write(from, y, size);
    roots.write(from, root, size);
    return 0;
  }

  @Override
  public void sampleGradient(
      Values delta,
      Values output,
      Values deviation,
      Activation function,
      Noise stream,
      Sharing rows,
      Values biasGradient) {
    requireLength("the output", output, delta.length());
    requireLength("the deviation", deviation, delta.length());
    columns = Columns.of(delta, biasGradient.length());
    width = biasGradient.length();
    values = FloatValues.require(delta);
    left = FloatValues.require(output);
    roots = FloatValues.require(deviation);
    activation = function;
    noise = stream;
    sharing = rows;
    int slices = slices(delta.length(), CHUNK);
    sums = tiles.zeroed(columns, slices);
    each(delta.length(), CHUNK, differentiating);
    columns.fold(sums, slices, FloatValues.require(biasGradient));
  }

  private double gradientChunk(int from, int size, int slice, Scratch s) {
    float[] delta = s.a;
    float[] root = s.b;
    float[] e = s.c;
    values.read(from, delta, size);
    roots.read(from, root, size);
    normals(from, size, e, s.d);
    if (activation == Activation.RELU) {
      left.read(from, s.d, size);
      Rectifier.gate(delta, s.d, size);
      values.write(from, delta, size);
    }
    columns.accumulate(delta, from, size, sums[slice], math);
    for (int i = 0; i < size; i++) {
      root[i] = delta[i] * e[i] / (2f * root[i]);
    }
    roots.write(from, root, size);
    return 0;
  }

  @Override
  public double parameterGradient(
      Values theta, Values variance, Values thetaGradient, Values varianceGradient, double weight) {
    return parameters.gradient(theta, variance, thetaGradient, varianceGradient, weight);
  }

  @Override
  public double divergence(Values theta, Values logSigma2) {
    return parameters.divergence(theta, logSigma2);
  }

  @Override
  public void keepBelow(double threshold, Values theta, Values logSigma2, Values to) {
    parameters.keepBelow(threshold, theta, logSigma2, to);
  }

  @Override
  public void keepGradient(Values kept, Values gradient) {
    parameters.keepGradient(kept, gradient);
  }

  private void normals(int from, int size, float[] to, float[] run) {
    if (sharing.rows() == 1) {
      noise.normals(from, to, size, math);
      return;
    }
    if (width == 1) {
      repeat(from, size, to, run);
      return;
    }
    for (int done = 0; done < size; ) {
      int at = from + done;
      int count = Math.min(width - at % width, size - done);
      noise.normals(sharing.index(at, width), run, count, math);
      System.arraycopy(run, 0, to, done, count);
      done += count;
    }
  }

  /** Numbers that values side by side share, each drawn once. */
  private void repeat(int from, int size, float[] to, float[] run) {
    int rows = sharing.rows();
    int first = from / rows;
    int count = (from + size - 1) / rows - first + 1;
    noise.normals(first, run, count, math);
    for (int i = 0; i < count; i++) {
      int begin = Math.max(from, (first + i) * rows);
      int end = Math.min(from + size, (first + i + 1) * rows);
      Arrays.fill(to, begin - from, end - from, run[i]);
    }
  }
}
