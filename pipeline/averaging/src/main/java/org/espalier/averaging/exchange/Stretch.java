package org.espalier.averaging.exchange;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.VectorLayout;
import org.espalier.sparsity.MaskSet;

/**
 * A stretch: steps after each of which gradients are averaged, without the driver, from one visit
 * of the driver to the next. Where a run is cut into stretches shows in no bit.
 *
 * @param key the try at the stretch
 * @param layout the shards of the parameters
 * @param owners of shard s: {@code s mod size}
 * @param workers number of workers W
 * @param firstStep number of steps before the stretch
 * @param steps number of its steps
 * @param wholeGradient whether the last step's averaged gradient is wanted, that of masked weights
 *     included
 * @param network what is trained
 * @param masks those of the stretch
 * @param maskHash their hash
 * @param initial the vector that it begins with, or null where the owners hold their shards of it
 */
public record Stretch(
    RoundKey key,
    ShardLayout layout,
    ArrayList<ExecutorAddress> owners,
    int workers,
    long firstStep,
    int steps,
    boolean wholeGradient,
    Broadcast<ShardedNetwork> network,
    Broadcast<BroadcastMasks> masks,
    long maskHash,
    Broadcast<FlatVector> initial)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Number of steps when the stretch is done. */
  public long end() {
    return firstStep + steps;
  }

  /** Bytes of the parameters that a process gathers in a step. */
  public long gatheredBytes() {
    ShardedNetwork known = network.value();
    MaskSet held = masks.value().masks();
    return (known.vector().parameters() - (held.length() - held.kept())) * Float.BYTES;
  }

  ExecutorAddress owner(int shard) {
    return owners.get(shard % owners.size());
  }

  /** Numbers of the shards that a process owns. */
  List<Integer> shardsOf(ExecutorAddress process) {
    List<Integer> shards = new ArrayList<>();
    for (int shard = 0; shard < layout.shards(); shard++) {
      if (owner(shard).process() == process.process()) {
        shards.add(shard);
      }
    }
    return shards;
  }

  /** The entries of the gradient that are handed in: those of masked weights decide nothing. */
  ShardBits up(int shard, long step, TravellingEntries kept) {
    boolean whole =
        network.value().vector().masked() == VectorLayout.MaskedEntries.MAY_DIFFER
            || (wholeGradient && step == end() - 1);
    return whole ? ShardBits.all(layout.size(shard)) : down(shard, kept);
  }

  /** The parameters that are gathered: no forward pass reads masked ones. */
  ShardBits down(int shard, TravellingEntries kept) {
    int size = layout.size(shard);
    return new ShardBits(kept.shard(layout.start(shard), size), size);
  }

  /** The parameters that the masks keep. */
  TravellingEntries kept() {
    ShardedNetwork known = network.value();
    return TravellingEntries.kept(
        known.vector().parameters(), known.tensors(), masks.value().masks());
  }
}
