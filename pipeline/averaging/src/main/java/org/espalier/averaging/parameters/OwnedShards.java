package org.espalier.averaging.parameters;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.espalier.averaging.exchange.LostShards;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.engine.replica.FlatVector;

/**
 * The shards of one run that this process owns: those of the round that is being summed, and those
 * of the round before it, which the next one starts from. Thread-safe.
 */
final class OwnedShards {
  /** One try at one round. */
  private static final class Generation {
    private final RoundKey key;
    private final Map<Integer, ShardSum> sums = new ConcurrentHashMap<>();

    Generation(RoundKey key) {
      this.key = key;
    }
  }

  private Generation before;
  private Generation current;

  /**
   * Adds a contribution.
   *
   * @throws LostShards if it is out of date
   */
  void add(Contribution contribution) {
    int shard = contribution.header().shard();
    Generation generation = generation(contribution.header().key());
    generation
        .sums
        .computeIfAbsent(shard, s -> new ShardSum(s, () -> before(generation.key, s)))
        .add(contribution);
  }

  private synchronized Generation generation(RoundKey key) {
    if (current == null || key.isAfter(current.key)) {
      if (current != null && current.key.round() < key.round()) {
        before = current;
      }
      current = new Generation(key);
    }
    if (!current.key.equals(key)) {
      throw new LostShards("Cannot add to %s: %s has begun".formatted(key, current.key));
    }
    return current;
  }

  /** The mean of a shard that the round before began with, in a run that went on here. */
  private synchronized FlatVector before(RoundKey key, int shard) {
    if (before == null || before.key.round() != key.round() - 1) {
      throw new LostShards(
          "Cannot complete shard %d of %s: the round before was not reduced here"
              .formatted(shard, key));
    }
    return mean(before, shard);
  }

  /**
   * The mean of a shard.
   *
   * @throws LostShards if it is not, or no longer, here
   */
  synchronized FlatVector mean(RoundKey key, int shard) {
    if (current != null && current.key.equals(key)) {
      return mean(current, shard);
    }
    if (before != null && before.key.equals(key)) {
      return mean(before, shard);
    }
    throw new LostShards(
        "Cannot find shard %d of %s: it was not reduced here".formatted(shard, key));
  }

  private static FlatVector mean(Generation generation, int shard) {
    ShardSum sum = generation.sums.get(shard);
    if (sum == null) {
      throw new LostShards(
          "Cannot find shard %d of %s: no worker has handed anything in"
              .formatted(shard, generation.key));
    }
    return sum.mean()
        .orElseThrow(
            () ->
                new LostShards(
                    "Cannot find shard %d of %s: not every worker has handed it in"
                        .formatted(shard, generation.key)));
  }
}
