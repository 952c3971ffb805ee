package org.espalier.averaging.parameters;

import java.util.List;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.shards.ShardBits;
import org.espalier.averaging.shards.ShardLayout;
import org.espalier.averaging.shards.TravellingEntries;
import org.espalier.engine.replica.VectorLayout;

/**
 * The shards of one try at a round, and their owners.
 *
 * @param key the try
 * @param layout the shards
 * @param owners of shard s: {@code s mod size}
 * @param workers number of workers W
 * @param source where the vector comes from that the round begins with
 * @param vector how its values belong together
 * @param travelling the entries that can differ between workers
 */
public record RoundShards(
    RoundKey key,
    ShardLayout layout,
    List<ExecutorAddress> owners,
    int workers,
    Source source,
    VectorLayout vector,
    TravellingEntries travelling) {
  /** Where a round's vector comes from. */
  public enum Source {
    /** The driver: owners know nothing of the round before. */
    DRIVER,
    /** The owners, which are those of the round before. */
    OWNERS
  }

  ExecutorAddress owner(int shard) {
    return owners.get(shard % owners.size());
  }

  ShardBits bits(int shard) {
    int size = layout.size(shard);
    return new ShardBits(travelling.shard(layout.start(shard), size), size);
  }
}
