package org.espalier.engine.kernel;

/** {@link RowPasses} in pieces, in loops that the compiler vectorises. */
final class FastRowPasses extends Chunked implements RowPasses {
  private final Tiles tiles = new Tiles();
  private final Chunk activating = this::activateChunk;
  private final Chunk differentiating = this::gradientChunk;
  private final Chunk multiplying = this::multiplyChunk;
  private final Chunk addingProduct = this::addProductChunk;
  private final Chunk adding = this::addChunk;
  private final Chunk dropping = this::dropoutChunk;
  private final Chunk disturbing = this::normalChunk;
  private final Chunk masking = this::keepChunk;
  private FloatValues left;
  private FloatValues right;
  private FloatValues target;
  private Columns columns;
  private Activation activation;
  private Noise noise;
  private float[] bias;
  private float[][] sums;
  private float factor;
  private long[] words;

  FastRowPasses(LaneMath math) {
    super(math);
  }

  @Override
  public void activate(Values z, Values toAdd, Activation function) {
    columns = Columns.of(z, toAdd.length());
    target = FloatValues.require(z);
    bias = tiles.repeated(columns, FloatValues.require(toAdd));
    activation = function;
    each(z.length(), CHUNK, activating);
  }

  private double activateChunk(int from, int size, int slice, Scratch s) {
    float[] z = s.a;
    target.read(from, z, size);
    columns.add(bias, from, z, size, math);
    Rectifier.apply(activation, z, size);
    target.write(from, z, size);
    return 0;
  }

  @Override
  public void gradient(Values delta, Values output, Activation function, Values biasGradient) {
    requireLength("the output", output, delta.length());
    columns = Columns.of(delta, biasGradient.length());
    target = FloatValues.require(delta);
    left = FloatValues.require(output);
    activation = function;
    int slices = slices(delta.length(), CHUNK);
    sums = tiles.zeroed(columns, slices);
    each(delta.length(), CHUNK, differentiating);
    columns.fold(sums, slices, FloatValues.require(biasGradient));
  }

  private double gradientChunk(int from, int size, int slice, Scratch s) {
    float[] delta = s.a;
    target.read(from, delta, size);
    if (activation == Activation.RELU) {
      left.read(from, s.b, size);
      Rectifier.gate(delta, s.b, size);
      target.write(from, delta, size);
    }
    columns.accumulate(delta, from, size, sums[slice], math);
    return 0;
  }

  @Override
  public void multiply(Values a, Values b, Values product) {
    operands(a, b, product);
    each(product.length(), CHUNK, multiplying);
  }

  private double multiplyChunk(int from, int size, int slice, Scratch s) {
    float[] a = s.a;
    float[] b = s.b;
    left.read(from, a, size);
    right.read(from, b, size);
    for (int i = 0; i < size; i++) {
      a[i] *= b[i];
    }
    target.write(from, a, size);
    return 0;
  }

  @Override
  public void keep(Values values, long[] mask, Values kept) {
    operands(values, values, kept);
    words = mask;
    each(kept.length(), CHUNK, masking);
  }

  private double keepChunk(int from, int size, int slice, Scratch s) {
    left.read(from, s.a, size);
    MaskBits.keep(words, from, s.a, size);
    target.write(from, s.a, size);
    return 0;
  }

  @Override
  public void square(Values x, Values to) {
    multiply(x, x, to);
  }

  @Override
  public void addProduct(Values sum, double by, Values a, Values b) {
    operands(a, b, sum);
    factor = (float) by;
    each(sum.length(), CHUNK, addingProduct);
  }

  private double addProductChunk(int from, int size, int slice, Scratch s) {
    float[] a = s.a;
    float[] b = s.b;
    float[] sum = s.c;
    left.read(from, a, size);
    right.read(from, b, size);
    target.read(from, sum, size);
    for (int i = 0; i < size; i++) {
      sum[i] += factor * a[i] * b[i];
    }
    target.write(from, sum, size);
    return 0;
  }

  @Override
  public void add(Values sum, Values values) {
    operands(values, values, sum);
    each(sum.length(), CHUNK, adding);
  }

  private double addChunk(int from, int size, int slice, Scratch s) {
    float[] a = s.a;
    float[] sum = s.b;
    left.read(from, a, size);
    target.read(from, sum, size);
    for (int i = 0; i < size; i++) {
      sum[i] += a[i];
    }
    target.write(from, sum, size);
    return 0;
  }

  @Override
  public void dropout(Values x, double rate, Noise stream, Values to) {
    RowPasses.requireRate(rate);
    operands(x, x, to);
    factor = (float) (1 - rate);
    noise = stream;
    each(x.length(), CHUNK, dropping);
  }

  private double dropoutChunk(int from, int size, int slice, Scratch s) {
    float[] x = s.a;
    float[] u = s.b;
    left.read(from, x, size);
    noise.uniforms(from, u, size, math);
    float scale = 1 / factor;
    for (int i = 0; i < size; i++) {
      x[i] *= scale * Math.min(Math.max((factor - u[i]) * Rectifier.HUGE, 0f), 1f);
    }
    target.write(from, x, size);
    return 0;
  }

  @Override
  public void addNormal(Values x, double deviation, Noise stream, Values to) {
    operands(x, x, to);
    factor = (float) deviation;
    noise = stream;
    each(x.length(), CHUNK, disturbing);
  }

  private double normalChunk(int from, int size, int slice, Scratch s) {
    float[] x = s.a;
    float[] e = s.b;
    left.read(from, x, size);
    noise.normals(from, e, size, math);
    for (int i = 0; i < size; i++) {
      x[i] += factor * e[i];
    }
    target.write(from, x, size);
    return 0;
  }

  private void operands(Values a, Values b, Values result) {
    requireLength("the second operand", b, a.length());
    requireLength("the result", result, a.length());
    left = FloatValues.require(a);
    right = FloatValues.require(b);
    target = FloatValues.require(result);
  }
}
