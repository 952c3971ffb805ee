package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** The state of a run in this process, kept from round to round. Thread-safe. */
final class RunState {
  private final OwnedShards shards = new OwnedShards();
  private final GradientShards gradients = new GradientShards();
  private final KeptStates kept = new KeptStates();
  private final GatheredParameters parameters = new GatheredParameters();
  private final RoundVector vector = new RoundVector();
  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();
  private TravellingEntries travelling;
  private StretchEntries entries;
  private RollCall rollCall;
  private ProcessGradients processGradients;
  private long maskHash;

  OwnedShards shards() {
    return shards;
  }

  GradientShards gradients() {
    return gradients;
  }

  KeptStates kept() {
    return kept;
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
    return ByteBuffer.allocateDirect(capacity);
  }

  /** Takes a buffer back that nobody uses any more. */
  void recycle(ByteBuffer buffer) {
    buffers.add(buffer);
  }

  /** The entries that travel in a stretch. */
  synchronized StretchEntries entries(Stretch stretch) {
    if (entries == null || !entries.key().equals(stretch.key())) {
      entries = new StretchEntries(stretch, travelling(stretch.maskHash(), stretch::kept));
    }
    return entries;
  }

  /** The roll call of a stretch that begins. */
  synchronized void begin(RollCall next) {
    rollCall = next;
  }

  /**
   * The roll call of a stretch.
   *
   * @throws LostShards if another stretch is under way
   */
  synchronized RollCall rollCall(RoundKey key) {
    if (rollCall == null || !rollCall.key().equals(key)) {
      throw new LostShards(
          "Cannot take part in %s: it has not begun here, or is over".formatted(key));
    }
    return rollCall;
  }

  /** Ends a stretch for a reason; one that is over already is left alone. */
  void end(RoundKey key, RuntimeException reason) {
    gradients.end(key, reason);
    RollCall called;
    synchronized (this) {
      called = rollCall;
    }
    if (called != null && called.key().equals(key)) {
      called.end(reason);
    }
  }

  /** What the workers of this process hand in, in a stretch; the first of its tasks makes it. */
  synchronized ProcessGradients processGradients(RoundKey key, Supplier<ProcessGradients> making) {
    if (processGradients == null || !processGradients.key().equals(key)) {
      processGradients = making.get();
    }
    return processGradients;
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
