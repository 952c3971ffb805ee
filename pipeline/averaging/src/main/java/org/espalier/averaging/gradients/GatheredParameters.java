package org.espalier.averaging.gradients;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.shards.ShardLayout;
import org.espalier.engine.replica.FlatVector;

/**
 * The parameters of a step in a process that several tasks may run in: gathered once from the
 * owners of the shards, those that no mask leaves out. Thread-safe.
 */
final class GatheredParameters {
  private RoundKey key;
  private long step;
  private float[] values = new float[0];
  private StretchEntries entries;
  private List<ExecutorAddress> counterparts;
  private CompletableFuture<FloatBuffer> gathered;
  private CompletableFuture<FloatBuffer> before;
  private CompletableFuture<Void> answered = CompletableFuture.completedFuture(null);
  private long bytes;

  /**
   * The parameters after so many steps: of the newest step that a task has asked for, or the one
   * before. Valid until the caller has handed in its gradients of the step, without which nobody
   * gets parameters of a later one.
   */
  synchronized CompletableFuture<FloatBuffer> at(
      Stretch stretch, long wanted, StretchEntries travelling, Exchange exchange) {
    boolean begins = !stretch.key().equals(key);
    if (begins) {
      begin(stretch, travelling, exchange);
    }
    if (begins || wanted > step) {
      step = wanted;
      before = gathered;
      gathered = gather(stretch, exchange);
    }
    return wanted == step ? gathered : before;
  }

  private void begin(Stretch stretch, StretchEntries travelling, Exchange exchange) {
    key = stretch.key();
    entries = travelling;
    counterparts = stretch.counterparts(exchange.address());
    int kept = entries.start(stretch.layout().shards());
    if (values.length != kept || !answered.isDone()) {
      values = new float[kept]; // Late answers to a stretch that was ended.
    }
  }

  private CompletableFuture<FloatBuffer> gather(Stretch stretch, Exchange exchange) {
    Phase.GATHER.begins(step);
    ShardLayout layout = stretch.layout();
    float[] target = values;
    CompletableFuture<?>[] parts = new CompletableFuture<?>[layout.shards()];
    for (int shard = 0; shard < parts.length; shard++) {
      int count = entries.down(shard).set();
      FloatBuffer part = FloatBuffer.wrap(target, entries.start(shard), count).slice();
      ExecutorAddress counterpart = counterparts.get(shard);
      parts[shard] =
          exchange.ask(
              counterpart,
              GradientRequest.parameters(key, shard, step),
              answer -> part.put(0, FlatVector.floats(answer), 0, count));
      if (!Exchange.isHere(counterpart)) {
        bytes += (long) count * Float.BYTES;
      }
    }
    answered = CompletableFuture.allOf(parts);
    return allOrFirstFailure(parts, answered.thenApply(all -> FloatBuffer.wrap(target)));
  }

  /** An owner that is gone fails at once; the others may wait for its gradients in vain. */
  private static CompletableFuture<FloatBuffer> allOrFirstFailure(
      CompletableFuture<?>[] parts, CompletableFuture<FloatBuffer> all) {
    for (CompletableFuture<?> part : parts) {
      var unused =
          part.whenComplete(
              (nothing, failure) -> {
                if (failure != null) {
                  all.completeExceptionally(failure);
                }
              });
    }
    return all;
  }

  /** Bytes that came from other processes since this was asked for last. */
  synchronized long takeBytes() {
    long taken = bytes;
    bytes = 0;
    return taken;
  }
}
