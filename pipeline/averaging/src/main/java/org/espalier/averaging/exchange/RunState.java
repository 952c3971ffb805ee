package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** The state of a run in this process, kept from round to round. Thread-safe. */
final class RunState {
  private final OwnedShards shards = new OwnedShards();
  private final GradientShards gradients = new GradientShards();
  private final GatheredParameters parameters = new GatheredParameters();
  private final RoundVector vector = new RoundVector();
  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();
  private TravellingEntries travelling;
  private long maskHash;

  OwnedShards shards() {
    return shards;
  }

  GradientShards gradients() {
    return gradients;
  }

  GatheredParameters parameters() {
    return parameters;
  }

  RoundVector vector() {
    return vector;
  }

  /** A buffer of this capacity, whose content does not matter. */
  ByteBuffer buffer(int capacity) {
    for (ByteBuffer idle = buffers.poll(); idle != null; idle = buffers.poll()) {
      if (idle.capacity() == capacity) {
        return idle.clear();
      }
    }
    return ByteBuffer.allocate(capacity);
  }

  /** Takes a buffer back that nobody uses any more. */
  void recycle(ByteBuffer buffer) {
    buffers.add(buffer);
  }

  /** The entries that travel under masks of this hash. */
  synchronized TravellingEntries travelling(long hash, Supplier<TravellingEntries> under) {
    if (travelling == null || hash != maskHash) {
      travelling = under.get();
      maskHash = hash;
    }
    return travelling;
  }
}
