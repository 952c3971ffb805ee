package org.espalier.engine.kernel;

/** {@link RowPasses} one value at a time, in the type of its vectors. */
final class ReferenceRowPasses implements RowPasses {
  @Override
  public void activate(Values z, Values bias, Activation activation) {
    z.rows(bias.length());
    for (int i = 0; i < z.length(); i++) {
      z.set(i, activation.of(z.get(i) + bias.get(i % bias.length())));
    }
  }

  @Override
  public void gradient(Values delta, Values output, Activation activation, Values biasGradient) {
    int columns = biasGradient.length();
    delta.rows(columns);
    double[] sums = new double[columns];
    for (int i = 0; i < delta.length(); i++) {
      delta.set(i, delta.get(i) * activation.slope(output.get(i)));
      sums[i % columns] += delta.get(i);
    }
    for (int i = 0; i < columns; i++) {
      biasGradient.set(i, sums[i]);
    }
  }

  @Override
  public void multiply(Values a, Values b, Values product) {
    for (int i = 0; i < a.length(); i++) {
      product.set(i, a.get(i) * b.get(i));
    }
  }

  @Override
  public void keep(Values values, long[] words, Values kept) {
    for (int i = 0; i < values.length(); i++) {
      kept.set(i, MaskBits.keeps(words, i) ? values.get(i) : 0);
    }
  }

  @Override
  public void square(Values x, Values to) {
    multiply(x, x, to);
  }

  @Override
  public void addProduct(Values sum, double factor, Values a, Values b) {
    for (int i = 0; i < sum.length(); i++) {
      sum.set(i, sum.get(i) + factor * a.get(i) * b.get(i));
    }
  }

  @Override
  public void add(Values sum, Values values) {
    for (int i = 0; i < sum.length(); i++) {
      sum.set(i, sum.get(i) + values.get(i));
    }
  }

  @Override
  public void dropout(Values x, double rate, Noise noise, Values to) {
    RowPasses.requireRate(rate);
    for (int i = 0; i < x.length(); i++) {
      to.set(i, noise.uniform(i) < 1 - rate ? x.get(i) / (1 - rate) : 0);
    }
  }

  @Override
  public void addNormal(Values x, double deviation, Noise noise, Values to) {
    for (int i = 0; i < x.length(); i++) {
      to.set(i, x.get(i) + deviation * noise.normal(i));
    }
  }
}
