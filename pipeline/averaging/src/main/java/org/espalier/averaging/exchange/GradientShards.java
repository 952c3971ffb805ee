package org.espalier.averaging.exchange;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.espalier.engine.kernel.Pieces;

/** The shards of one run's gradients that this process owns. Thread-safe. */
final class GradientShards {
  private RoundKey key;
  private Map<Integer, GradientShard> shards = Map.of();

  /**
   * Begins a stretch.
   *
   * @param own address of this process
   * @param run of which these are the shards
   * @throws LostShards if the stretch brings no vector, and the shards are not here
   */
  synchronized void begin(Stretch stretch, ExecutorAddress own, RunState run) {
    if (key != null && key.isAfter(stretch.key())) {
      throw new LostShards("Cannot begin %s: %s has begun".formatted(stretch.key(), key));
    }
    if (stretch.initial() != null) {
      close();
      FloatBuffer vector = stretch.initial().value().values();
      Map<Integer, GradientShard> owned = new HashMap<>();
      stretch
          .shardsOf(own)
          .forEach(shard -> owned.put(shard, new GradientShard(stretch, shard, vector, run)));
      shards = owned;
    } else if (shards.size() != stretch.shardsOf(own).size()) {
      throw new LostShards("Cannot begin %s: its shards are not here".formatted(stretch.key()));
    }
    key = stretch.key();
    StretchEntries entries = run.entries(stretch);
    shards.values().forEach(shard -> shard.begin(stretch, entries));
  }

  void add(GradientHeader header, Pieces values) {
    shard(header.key(), header.shard()).add(header, values);
  }

  CompletableFuture<ByteBuffer> parametersAt(RoundKey of, int shard, long step) {
    return shard(of, shard).parametersAt(step);
  }

  ByteBuffer state(RoundKey of, int shard) {
    return shard(of, shard).state();
  }

  ByteBuffer wholeGradient(RoundKey of, int shard) {
    return shard(of, shard).wholeGradient();
  }

  private synchronized GradientShard shard(RoundKey of, int number) {
    if (!of.equals(key)) {
      throw new LostShards("Cannot take part in %s: %s is under way".formatted(of, key));
    }
    GradientShard shard = shards.get(number);
    if (shard == null) {
      throw new LostShards("Cannot find shard %d of %s: it is not here".formatted(number, of));
    }
    return shard;
  }

  /** Ends a stretch for a reason; one that is over already is left alone. */
  void end(RoundKey of, RuntimeException reason) {
    Map<Integer, GradientShard> ended;
    synchronized (this) {
      ended = of.equals(key) ? shards : Map.of();
    }
    ended.values().forEach(shard -> shard.end(reason));
  }

  synchronized void close() {
    shards.values().forEach(GradientShard::close);
    shards = Map.of();
  }
}
