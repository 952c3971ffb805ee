package org.espalier.averaging.exchange;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.espalier.engine.replica.FlatVector;

/**
 * The parameters of a step in a process that several tasks may run in: gathered once from the
 * owners of the shards. Masked ones are zero. Thread-safe.
 */
final class GatheredParameters {
  private RoundKey key;
  private long step;
  private float[] values = new float[0];
  private ShardBits[] bits;
  private CompletableFuture<FloatBuffer> gathered;
  private CompletableFuture<FloatBuffer> before;

  /**
   * The parameters after so many steps: of the newest step that a task has asked for, or the one
   * before. Valid until the caller has handed in its gradients of the step, without which nobody
   * gets parameters of a later one.
   */
  synchronized CompletableFuture<FloatBuffer> at(
      Stretch stretch, long wanted, TravellingEntries kept, Exchange exchange) {
    boolean begins = !stretch.key().equals(key);
    if (begins) {
      begin(stretch, kept);
    }
    if (begins || wanted > step) {
      step = wanted;
      before = gathered;
      gathered = gather(stretch, exchange);
    }
    return wanted == step ? gathered : before;
  }

  private void begin(Stretch stretch, TravellingEntries kept) {
    key = stretch.key();
    int shards = stretch.layout().shards();
    bits = new ShardBits[shards];
    for (int shard = 0; shard < shards; shard++) {
      bits[shard] = stretch.down(shard, kept);
    }
    if (values.length != stretch.layout().length()) {
      values = new float[stretch.layout().length()];
    }
    Arrays.fill(values, 0);
  }

  private CompletableFuture<FloatBuffer> gather(Stretch stretch, Exchange exchange) {
    ShardLayout layout = stretch.layout();
    float[] target = values;
    CompletableFuture<?>[] parts = new CompletableFuture<?>[layout.shards()];
    for (int shard = 0; shard < parts.length; shard++) {
      FloatBuffer part = FloatBuffer.wrap(target, layout.start(shard), layout.size(shard)).slice();
      ShardBits of = bits[shard];
      parts[shard] =
          exchange.ask(
              stretch.owner(shard),
              Request.parameters(key, shard, step),
              answer -> of.scatter(FlatVector.floats(answer), part));
    }
    return CompletableFuture.allOf(parts).thenApply(all -> FloatBuffer.wrap(target));
  }
}
