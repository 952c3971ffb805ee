package org.espalier.engine.kernel;

/**
 * Mask, weight decay and optimiser in one pass over a tensor: {@code g = scale * gradient * mask +
 * decay * weights}, then the rule. Without allocation; an object is used by one thread at a time.
 */
public interface OptimiserPasses {
  /**
   * One step; the tensor's gradient becomes what is to be subtracted from its weights.
   *
   * @param rate learning rate
   * @param t number of this step, from 1
   * @param scale factor of the gradient, such as one over the minibatch
   * @param decay factor of the weights that is added to the gradient
   */
  void step(UpdateRule rule, Trained tensor, double rate, int t, double scale, double decay);

  /**
   * One step that is subtracted from the weights in the same pass; the tensor's gradient is
   * undefined afterwards. Has the bits of {@link #step} and a subtraction.
   */
  default void apply(
      UpdateRule rule, Trained tensor, double rate, int t, double scale, double decay) {
    step(rule, tensor, rate, t, scale, decay);
    for (int i = 0; i < tensor.length(); i++) {
      tensor.weights.set(i, tensor.weights.get(i) - tensor.gradient.get(i));
    }
  }

  /**
   * Steps without a gradient, as {@link #apply} takes them of masked weights, one after the other.
   *
   * @param rates learning rate of each step
   * @param first number of the first of them, from 1
   */
  default void applyWithoutGradient(
      UpdateRule rule, Trained tensor, double[] rates, int first, double decay) {
    for (int i = 0; i < rates.length; i++) {
      tensor.gradient.fill(0);
      apply(rule, tensor, rates[i], first + i, 1, decay);
    }
  }
}
