package org.espalier.engine.kernel;

/**
 * {@link OptimiserPasses} in pieces. Velocities, as moments, vanish below 1e-30: those of weights
 * without a gradient would become subnormal, which costs a hundred times the arithmetic.
 */
final class FastOptimiserPasses extends Chunked implements OptimiserPasses {
  private final Chunk stepping = this::chunk;
  private UpdateRule rule;
  private AdamLanes moments;
  private Trained tensor;
  private float rate;
  private float scale;
  private float decay;

  FastOptimiserPasses(LaneMath math) {
    super(math);
  }

  @Override
  public void step(
      UpdateRule chosen, Trained trained, double speed, int t, double factor, double weightDecay) {
    if (chosen instanceof UpdateRule.Adam adam && !chosen.equals(rule)) {
      moments = math.adam(adam);
    }
    rule = chosen;
    tensor = trained;
    rate = (float) (chosen instanceof UpdateRule.Adam adam ? adam.corrected(speed, t) : speed);
    scale = (float) factor;
    decay = (float) weightDecay;
    each(trained.length(), CHUNK, stepping);
  }

  private double chunk(int from, int size, int slice, Scratch s) {
    float[] g = s.a;
    FloatValues gradient = FloatValues.require(tensor.gradient);
    gradient.read(from, g, size);
    if (tensor.masked()) {
      tensor.zeroMasked(from, g, size);
    }
    if (decay == 0f) {
      for (int i = 0; i < size; i++) {
        g[i] *= scale;
      }
    } else {
      FloatValues.require(tensor.weights).read(from, s.b, size);
      decayed(g, s.b, size);
    }
    if (rule instanceof UpdateRule.Adam) {
      adam(from, g, size);
      return 0;
    }
    if (rule instanceof UpdateRule.Nesterov nesterov) {
      nesterov((float) nesterov.momentum(), from, g, s.c, size);
    } else {
      for (int i = 0; i < size; i++) {
        g[i] *= rate;
      }
    }
    gradient.write(from, g, size);
    return 0;
  }

  private void decayed(float[] g, float[] weights, int size) {
    for (int i = 0; i < size; i++) {
      g[i] = scale * g[i] + decay * weights[i];
    }
  }

  private void adam(int from, float[] g, int size) {
    moments.step(
        g,
        FloatValues.require(tensor.first).bytes(),
        FloatValues.require(tensor.second).bytes(),
        FloatValues.require(tensor.gradient).bytes(),
        rate,
        from,
        from,
        from + size);
  }

  private void nesterov(float momentum, int from, float[] g, float[] v, int size) {
    FloatValues first = FloatValues.require(tensor.first);
    first.read(from, v, size);
    float speed = rate;
    for (int i = 0; i < size; i++) {
      float velocity = drawnToZero(momentum * v[i] + g[i]);
      v[i] = velocity;
      g[i] = speed * (g[i] + momentum * velocity);
    }
    first.write(from, v, size);
  }
}
