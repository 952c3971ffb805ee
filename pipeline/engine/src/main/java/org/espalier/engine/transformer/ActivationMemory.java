package org.espalier.engine.transformer;

import java.util.ArrayList;
import java.util.List;
import org.espalier.engine.kernel.Values;

/**
 * The memory of the activations and gradients of a step, which the plans of all shapes share: every
 * plan takes the same pieces in the same order. Owns the memory until closed.
 */
final class ActivationMemory implements AutoCloseable {
  private final Values like;
  private final List<Values> pieces = new ArrayList<>();
  private int next;
  private boolean replaced;

  /**
   * @param like values of the type of the memory
   */
  ActivationMemory(Values like) {
    this.like = like;
  }

  /** Begins with the pieces of another plan. */
  void begin() {
    next = 0;
    replaced = false;
  }

  /** The next piece, of a length; of undefined values. */
  Values take(int length) {
    if (next == pieces.size()) {
      pieces.add(like.sameType(length));
    } else if (pieces.get(next).length() < length) {
      pieces.get(next).release();
      pieces.set(next, like.sameType(length));
      replaced = true;
    }
    return pieces.get(next++).part(0, length);
  }

  /** Whether pieces that earlier plans hold are gone since the last plan began. */
  boolean replaced() {
    return replaced;
  }

  @Override
  public void close() {
    pieces.forEach(Values::release);
    pieces.clear();
  }
}
