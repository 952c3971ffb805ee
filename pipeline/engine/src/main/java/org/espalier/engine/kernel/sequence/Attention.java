package org.espalier.engine.kernel.sequence;

import org.espalier.engine.kernel.Values;

/**
 * Attention with heads (Vaswani et al. 2017, section 3.2) within segments: {@code y = softmax(k^T q
 * / sqrt(size)) v}, head by head, where a query meets keys of its own segment alone; one that meets
 * none gets zeros. Weights lie `[sequences, heads, keys, queries]`. Used by one thread at a time;
 * deterministic.
 */
public interface Attention extends AutoCloseable {
  /**
   * The forward pass.
   *
   * @param segments of queries and keys
   * @param weights overwritten, before dropout
   * @param dropout of the weights
   * @param y `[heads * size, sequences, queries]`, overwritten
   */
  void forward(Operands operands, Segments segments, Values weights, Dropout dropout, Values y);

  /**
   * The backward pass.
   *
   * @param weights what {@link #forward} left
   * @param delta gradient of y
   * @param gradients overwritten
   */
  void backward(
      Operands operands, Values weights, Dropout dropout, Values delta, Operands gradients);

  @Override
  void close();

  /**
   * What attends and what is attended to, or its gradients.
   *
   * @param queries `[heads * size, sequences, queries]`
   * @param keys `[heads * size, sequences, keys]`
   * @param values `[heads * size, sequences, keys]`
   */
  record Operands(Values queries, Values keys, Values values) {}

  /**
   * The numbers of segments.
   *
   * @param queries `[sequences, queries]`
   * @param keys `[sequences, keys]`
   */
  record Segments(Values queries, Values keys) {}
}
