package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Direct buffers that are used again and again by the messages of a run. Thread-safe. */
public final class Buffers {
  private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

  /** A buffer of this capacity, whose content does not matter. */
  public ByteBuffer take(int capacity) {
    for (ByteBuffer buffer = idle.poll(); buffer != null; buffer = idle.poll()) {
      if (buffer.capacity() == capacity) {
        return buffer.clear();
      }
    }
    return ByteBuffer.allocateDirect(capacity);
  }

  /** Takes a buffer back that nobody uses any more. */
  public void recycle(ByteBuffer buffer) {
    idle.add(buffer);
  }
}
