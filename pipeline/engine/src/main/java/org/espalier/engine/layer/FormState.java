package org.espalier.engine.layer;

import org.espalier.engine.kernel.Values;

/** What a layer does with its weights, from the weights' form. */
interface FormState {
  /** Training: computes y from x and remembers what the backward pass needs. */
  void train(Values x, Values y);

  /** Evaluation: computes y from x. */
  void evaluate(Values x, Values y);

  /**
   * Writes the gradients of the parameters.
   *
   * @param delta gradient of y, changed
   * @param inputGradient is overwritten, or null where none is wanted
   */
  void backward(Values x, Values y, Values delta, Values inputGradient);

  /** Overwrites the parameters' gradients with those of the penalty alone. */
  void penaltyGradient();

  /** What the loss has on top, with its factor. */
  double penalty();
}
