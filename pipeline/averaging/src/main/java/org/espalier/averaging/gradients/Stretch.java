package org.espalier.averaging.gradients;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.averaging.exchange.ExecutorAddress;
import org.espalier.averaging.exchange.RoundKey;
import org.espalier.averaging.shards.BroadcastMasks;
import org.espalier.averaging.shards.ShardLayout;
import org.espalier.averaging.shards.TravellingEntries;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.RunningMoments;

/**
 * A stretch: steps after each of which gradients are averaged, without the driver, from one visit
 * of the driver to the next. Where a run is cut into stretches shows in no bit.
 *
 * @param key the try at the stretch
 * @param layout the shards of the parameters
 * @param owners of shard s: {@code s mod size}
 * @param groups in which the owners exchange
 * @param workers number of workers W
 * @param firstStep number of steps before the stretch
 * @param steps number of its steps
 * @param wholeGradient whether the last step's averaged gradient is wanted, that of masked weights
 *     included
 * @param network what is trained
 * @param masks those of the stretch
 * @param maskHash their hash
 * @param before the masks of the stretch before, where weights that these masks bring back begin at
 *     zero; else null
 * @param begins with which vector
 */
public record Stretch(
    RoundKey key,
    ShardLayout layout,
    ArrayList<ExecutorAddress> owners,
    Groups groups,
    int workers,
    long firstStep,
    int steps,
    boolean wholeGradient,
    Broadcast<ShardedNetwork> network,
    Broadcast<BroadcastMasks> masks,
    long maskHash,
    Broadcast<BroadcastMasks> before,
    Beginning begins)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where the owners have the vector from that the stretch begins with. */
  public sealed interface Beginning extends Serializable {}

  /** They have it already. */
  public record Held() implements Beginning {
    private static final long serialVersionUID = 1L;
  }

  /**
   * From the driver.
   *
   * @param vector the whole of it
   */
  public record Sent(Broadcast<FlatVector> vector) implements Beginning {
    private static final long serialVersionUID = 1L;
  }

  /**
   * From what was kept when the stretch before ended.
   *
   * @param sources who keeps which parameters
   */
  public record Kept(ArrayList<StateSource> sources) implements Beginning {
    private static final long serialVersionUID = 1L;
  }

  /** Number of steps when the stretch is done. */
  public long end() {
    return firstStep + steps;
  }

  /**
   * Who keeps a copy of what an owner holds: the owner half of them away or, where that is on the
   * same host, the next one on another; the owner itself if it is the only one.
   */
  ExecutorAddress neighbour(ExecutorAddress owner) {
    int half = owners.indexOf(owner) + Math.max(1, owners.size() / 2);
    for (int i = 0; i < owners.size(); i++) {
      ExecutorAddress other = owners.get((half + i) % owners.size());
      if (!other.host().equals(owner.host())) {
        return other;
      }
    }
    return owners.get(half % owners.size());
  }

  ExecutorAddress owner(int shard) {
    return owners.get(shard % owners.size());
  }

  /**
   * The processes that another one deals with for each shard: its owner, or the relay of the group
   * that the other one belongs to.
   */
  List<ExecutorAddress> counterparts(ExecutorAddress process) {
    int member = owners.indexOf(process);
    return IntStream.range(0, layout.shards())
        .mapToObj(
            shard ->
                member < 0 ? owner(shard) : owners.get(groups.relay(shard % owners.size(), member)))
        .toList();
  }

  /** The processes of the group that one belongs to; that one alone if it owns nothing. */
  List<ExecutorAddress> group(ExecutorAddress process) {
    int member = owners.indexOf(process);
    return member < 0 ? List.of(process) : owners.subList(groups.first(member), groups.end(member));
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

  /** The running moments in a shard, counted from its start. */
  List<RunningMoments> moments(int shard) {
    return layout.moments(network.value().vector(), shard);
  }

  /** The parameters that the masks keep. */
  TravellingEntries kept() {
    ShardedNetwork known = network.value();
    return TravellingEntries.kept(
        known.vector().parameters(), known.tensors(), masks.value().masks());
  }
}
