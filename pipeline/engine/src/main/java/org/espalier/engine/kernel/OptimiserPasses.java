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
}
