package org.espalier.engine.kernel;

/** {@link OptimiserPasses} as the formulas read, one value at a time. */
final class ReferenceOptimiserPasses implements OptimiserPasses {
  @Override
  public void step(
      UpdateRule rule, Trained tensor, double rate, int t, double scale, double decay) {
    for (int i = 0; i < tensor.length(); i++) {
      double loss = tensor.keeps(i) ? scale * tensor.gradient.get(i) : 0;
      double g = loss + decay * tensor.weights.get(i);
      tensor.gradient.set(i, update(rule, tensor, i, g, rate, t));
    }
  }

  private static double update(
      UpdateRule rule, Trained tensor, int i, double g, double rate, int t) {
    if (rule instanceof UpdateRule.Nesterov nesterov) {
      double v = nesterov.momentum() * tensor.first.get(i) + g;
      tensor.first.set(i, v);
      return rate * (g + nesterov.momentum() * v);
    }
    if (rule instanceof UpdateRule.Adam adam) {
      double m = adam.beta1() * tensor.first.get(i) + (1 - adam.beta1()) * g;
      double v = adam.beta2() * tensor.second.get(i) + (1 - adam.beta2()) * g * g;
      tensor.first.set(i, m);
      tensor.second.set(i, v);
      return adam.corrected(rate, t) * m / (Math.sqrt(v) + adam.epsilon());
    }
    return rate * g;
  }
}
