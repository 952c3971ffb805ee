package org.espalier.engine.sparse;

import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.Values;

/**
 * A linear map over the kept weights of a tensor alone, with what follows it. What is masked is
 * neither multiplied nor differentiated. Used by one thread at a time; a backward pass follows the
 * forward pass of the same batch. The bits of a result do not depend on the number of threads.
 */
public interface KeptMap {
  /** Values per position of y. */
  int outputs();

  /**
   * {@code y = activation(map(x, kept) + bias)}.
   *
   * @param kept values of the kept weights, in flat order
   * @param bias `[outputs]`, or null for none
   */
  void forward(Activations x, float[] kept, Values bias, Activation activation, Activations y);

  /**
   * The gradients of the forward pass before.
   *
   * @param delta gradient of y
   * @param kept values of the kept weights, in flat order
   * @param biasGradient `[outputs]`, overwritten; null for none
   * @param keptGradient is overwritten by the gradients of the kept weights, in flat order
   * @param inputGradient is overwritten, or null where none is wanted
   */
  void backward(
      Activations delta,
      float[] kept,
      Values biasGradient,
      float[] keptGradient,
      Activations inputGradient);

  /** Multiply-adds of a forward pass. */
  long products();
}
