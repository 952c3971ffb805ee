package org.espalier.engine.kernel;

/**
 * Passes over matrices `[rows, columns]` whose last dimension are a layer's outputs, and over plain
 * vectors. In place, without allocation; an object is used by one thread at a time.
 */
public interface RowPasses {
  /**
   * {@code z = activation(z + bias)}.
   *
   * @param z `[rows, columns]`
   * @param bias `[columns]`
   */
  void activate(Values z, Values bias, Activation activation);

  /**
   * The gradient before {@link #activate}: {@code delta} is zeroed where the activation was flat,
   * and the bias gradient is the sum of its rows.
   *
   * @param delta `[rows, columns]`, changed
   * @param output what {@link #activate} left
   * @param biasGradient `[columns]`, overwritten
   */
  void gradient(Values delta, Values output, Activation activation, Values biasGradient);

  /** {@code product = a * b}, elementwise; product may be a or b. */
  void multiply(Values a, Values b, Values product);

  /**
   * {@code kept = values} where the mask keeps them, else +0, whatever they are; kept may be
   * values.
   *
   * @param words of the mask: bit {@code i % 64} of word {@code i / 64} is set if value i is kept
   */
  void keep(Values values, long[] words, Values kept);

  /** {@code to = x * x}. */
  void square(Values x, Values to);

  /** {@code sum += factor * a * b}, elementwise. */
  void addProduct(Values sum, double factor, Values a, Values b);

  /** {@code sum += values}. */
  void add(Values sum, Values values);

  /** {@code to = x / (1 - rate)} where the noise keeps x, else 0; the same pass goes backward. */
  void dropout(Values x, double rate, Noise noise, Values to);

  /** {@code to = x + deviation * noise}, standard normal. */
  void addNormal(Values x, double deviation, Noise noise, Values to);

  /**
   * Checks the rate of dropout.
   *
   * @throws IllegalArgumentException unless it is at least 0 and below 1
   */
  static void requireRate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "Cannot drop values at a rate of %s: it must be at least 0 and below 1.".formatted(rate));
    }
  }
}
