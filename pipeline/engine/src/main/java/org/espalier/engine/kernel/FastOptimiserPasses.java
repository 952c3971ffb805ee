package org.espalier.engine.kernel;

import java.util.Arrays;

/**
 * {@link OptimiserPasses} in pieces. Velocities, as moments, vanish below 1e-30: those of weights
 * without a gradient would become subnormal, which costs a hundred times the arithmetic.
 */
final class FastOptimiserPasses extends Chunked implements OptimiserPasses {
  private static final int FEW = 512;

  private final Chunk stepping = this::stepChunk;
  private final Chunk applying = this::applyChunk;
  private final Chunk repeating = this::repeatChunk;
  private UpdateRule rule;
  private AdamLanes moments;
  private Trained tensor;
  private float rate;
  private float scale;
  private float decay;
  private float[] rates = new float[0];
  private int repetitions;

  FastOptimiserPasses(LaneMath math) {
    super(math);
  }

  @Override
  public void step(
      UpdateRule chosen, Trained trained, double speed, int t, double factor, double weightDecay) {
    take(chosen, trained, factor, weightDecay);
    rate = rate(speed, t);
    each(trained.length(), CHUNK, stepping);
  }

  @Override
  public void apply(
      UpdateRule chosen, Trained trained, double speed, int t, double factor, double weightDecay) {
    take(chosen, trained, factor, weightDecay);
    rate = rate(speed, t);
    each(trained.length(), CHUNK, applying);
  }

  @Override
  public void applyWithoutGradient(
      UpdateRule chosen, Trained trained, double[] speeds, int first, double weightDecay) {
    take(chosen, trained, 1, weightDecay);
    if (rates.length < speeds.length) {
      rates = new float[speeds.length];
    }
    repetitions = speeds.length;
    for (int i = 0; i < repetitions; i++) {
      rates[i] = rate(speeds[i], first + i);
    }
    each(trained.length(), CHUNK, repeating);
  }

  private void take(UpdateRule chosen, Trained trained, double factor, double weightDecay) {
    if (chosen instanceof UpdateRule.Adam adam && !chosen.equals(rule)) {
      moments = math.adam(adam);
    }
    rule = chosen;
    tensor = trained;
    scale = (float) factor;
    decay = (float) weightDecay;
  }

  private float rate(double speed, int t) {
    return (float) (rule instanceof UpdateRule.Adam adam ? adam.corrected(speed, t) : speed);
  }

  private double stepChunk(int from, int size, int slice, Scratch s) {
    FloatValues gradient = FloatValues.require(tensor.gradient);
    gradient.read(from, s.a, size);
    if (tensor.masked()) {
      tensor.zeroMasked(from, s.a, size);
    }
    if (decay != 0f) {
      FloatValues.require(tensor.weights).read(from, s.b, size);
    }
    update(from, size, s, rate);
    if (!(rule instanceof UpdateRule.Adam)) {
      gradient.write(from, s.a, size);
    }
    return 0;
  }

  private double applyChunk(int from, int size, int slice, Scratch s) {
    FloatValues gradient = FloatValues.require(tensor.gradient);
    FloatValues weights = FloatValues.require(tensor.weights);
    gradient.read(from, s.a, size);
    if (tensor.masked()) {
      tensor.zeroMasked(from, s.a, size);
    }
    weights.read(from, s.b, size);
    update(from, size, s, rate);
    if (rule instanceof UpdateRule.Adam) {
      gradient.read(from, s.a, size);
    }
    subtract(s.b, s.a, size);
    weights.write(from, s.b, size);
    return 0;
  }

  private double repeatChunk(int from, int size, int slice, Scratch s) {
    FloatValues weights = FloatValues.require(tensor.weights);
    weights.read(from, s.b, size);
    if (onlySecondMomentsMove(from, size, s)) {
      return 0;
    }
    if (!(rule instanceof UpdateRule.Adam)) {
      fade(from, size, s);
      weights.write(from, s.b, size);
      return 0;
    }
    for (int i = 0; i < repetitions && moves(from, size, s); i++) {
      Arrays.fill(s.a, 0, size, 0f);
      update(from, size, s, rates[i]);
      FloatValues.require(tensor.gradient).read(from, s.a, size);
      subtract(s.b, s.a, size);
    }
    weights.write(from, s.b, size);
    return 0;
  }

  /** Takes the steps of a few weights before others are looked at, in the nearest cache. */
  private void fade(int from, int size, Scratch s) {
    if (!moves(from, size, s)) {
      return;
    }
    boolean remembered = rule instanceof UpdateRule.Nesterov;
    if (remembered) {
      FloatValues.require(tensor.first).read(from, s.c, size);
    } else {
      Arrays.fill(s.c, 0, size, 0f);
    }
    for (int block = 0; block < size; block += FEW) {
      int end = Math.min(size, block + FEW);
      for (int i = 0; i < repetitions; i++) {
        fade(s.b, s.c, momentum(), rates[i], block, end);
      }
    }
    if (remembered) {
      FloatValues.require(tensor.first).write(from, s.c, size);
    }
  }

  private void fade(float[] weights, float[] v, float momentum, float speed, int first, int end) {
    for (int i = first; i < end; i++) {
      float g = decay * weights[i];
      float velocity = drawnToZero(momentum * v[i] + g);
      v[i] = velocity;
      weights[i] -= speed * (g + momentum * velocity);
    }
  }

  private float momentum() {
    return rule instanceof UpdateRule.Nesterov nesterov ? (float) nesterov.momentum() : 0f;
  }

  /** Lets second moments fade where that is all that happens, and none of them vanishes. */
  private boolean onlySecondMomentsMove(int from, int size, Scratch s) {
    if (!(rule instanceof UpdateRule.Adam adam)
        || decay != 0f
        || anyNonZero(tensor.first, from, size, s)) {
      return false;
    }
    float kept = (float) adam.beta2();
    FloatValues second = FloatValues.require(tensor.second);
    second.read(from, s.c, size);
    float smallest = Float.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      smallest = Math.min(smallest, s.c[i] == 0f ? Float.MAX_VALUE : s.c[i]);
    }
    if (smallest == Float.MAX_VALUE) {
      return true;
    }
    if (smallest * Math.pow(kept, repetitions) < 2 * VANISHING) {
      return false;
    }
    for (int step = 0; step < repetitions; step++) {
      for (int i = 0; i < size; i++) {
        s.c[i] *= kept;
      }
    }
    second.write(from, s.c, size);
    return true;
  }

  /** Whether a step without a gradient would change anything. */
  private boolean moves(int from, int size, Scratch s) {
    return decay != 0f
        || anyNonZero(tensor.first, from, size, s)
        || anyNonZero(tensor.second, from, size, s);
  }

  private static boolean anyNonZero(Values memory, int from, int size, Scratch s) {
    if (memory == null) {
      return false;
    }
    FloatValues.require(memory).read(from, s.d, size);
    int bits = 0;
    for (int i = 0; i < size; i++) {
      bits |= Float.floatToRawIntBits(s.d[i]);
    }
    return (bits & Integer.MAX_VALUE) != 0;
  }

  private static void subtract(float[] weights, float[] step, int size) {
    for (int i = 0; i < size; i++) {
      weights[i] -= step[i];
    }
  }

  /**
   * Makes steps of gradients.
   *
   * @param s holds gradients in a, which become steps, but for Adam's, which go to the tensor's
   *     gradient; and weights in b, where there is decay
   */
  private void update(int from, int size, Scratch s, float speed) {
    float[] g = s.a;
    if (decay == 0f) {
      for (int i = 0; i < size; i++) {
        g[i] *= scale;
      }
    } else {
      decayed(g, s.b, size);
    }
    if (rule instanceof UpdateRule.Adam) {
      adam(from, g, size, speed);
    } else if (rule instanceof UpdateRule.Nesterov nesterov) {
      nesterov((float) nesterov.momentum(), from, g, s.c, size, speed);
    } else {
      for (int i = 0; i < size; i++) {
        g[i] *= speed;
      }
    }
  }

  private void decayed(float[] g, float[] weights, int size) {
    for (int i = 0; i < size; i++) {
      g[i] = scale * g[i] + decay * weights[i];
    }
  }

  private void adam(int from, float[] g, int size, float speed) {
    moments.step(
        g,
        FloatValues.require(tensor.first).bytes(),
        FloatValues.require(tensor.second).bytes(),
        FloatValues.require(tensor.gradient).bytes(),
        speed,
        from,
        from,
        from + size);
  }

  private void nesterov(float momentum, int from, float[] g, float[] v, int size, float speed) {
    FloatValues first = FloatValues.require(tensor.first);
    first.read(from, v, size);
    for (int i = 0; i < size; i++) {
      float velocity = drawnToZero(momentum * v[i] + g[i]);
      v[i] = velocity;
      g[i] = speed * (g[i] + momentum * velocity);
    }
    first.write(from, v, size);
  }
}
