package org.espalier.averaging.gradients;

import java.nio.ByteBuffer;

/**
 * The memory of what is answered in one step and the next, in turns: an answer is sent while the
 * one after it is written, and nobody is behind by more. Used by one thread at a time.
 */
final class Answers {
  private ByteBuffer sent = ByteBuffer.allocate(0);
  private ByteBuffer idle = ByteBuffer.allocate(0);

  /** A buffer of this capacity, whose content does not matter. */
  ByteBuffer next(int capacity) {
    ByteBuffer next = idle.capacity() == capacity ? idle : ByteBuffer.allocateDirect(capacity);
    idle = sent;
    sent = next;
    return next.duplicate();
  }
}
