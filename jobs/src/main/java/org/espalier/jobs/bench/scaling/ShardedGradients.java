package org.espalier.jobs.bench.scaling;

import java.util.Arrays;
import java.util.BitSet;
import org.espalier.averaging.gradients.Groups;

/** Averaged gradients: the owner of each shard, an executor, takes the optimiser's step. */
final class ShardedGradients implements Averaging {
  private final Scenario scenario;
  private final MachineConstants machine;
  private final Shards shards;
  private final Fabric fabric;
  private final ShardedExchange exchange;

  /**
   * @param limit number of executors up to which all exchange with all
   */
  ShardedGradients(Scenario scenario, MachineConstants machine, int limit) {
    int executors = scenario.executors();
    this.scenario = scenario;
    this.machine = machine;
    this.shards = Shards.ofParameters(scenario, Groups.of(executors, limit), 0);
    this.fabric = fabric(scenario, machine);
    this.exchange =
        new ShardedExchange(
            fabric,
            shards,
            ShardCosts.ofGradients(scenario, machine),
            executors,
            scenario.perExecutor(),
            executors);
  }

  private static Fabric fabric(Scenario scenario, MachineConstants machine) {
    return Fabric.of(scenario.executors(), scenario, machine);
  }

  @Override
  public double[] average(double[] computed) {
    double before = mergedBefore();
    return exchange.exchange(Arrays.stream(computed).map(at -> at + before).toArray());
  }

  /** What an executor needs for the gradients of its workers but for the last. */
  private double mergedBefore() {
    int others = scenario.perExecutor() - 1;
    double bytes = (double) Float.BYTES * scenario.network().parameters();
    return others == 0
        ? 0
        : bytes / machine.copyBytesPerSecond() + (others - 1) * bytes / machine.sumBytesPerSecond();
  }

  /** A Spark job, and a copy of every state for the neighbour half of the owners away. */
  @Override
  public double betweenStretches() {
    int executors = scenario.executors();
    double job = machine.jobSeconds(executors);
    if (executors == 1) {
      return job;
    }
    Messages copies = new Messages();
    double state = (double) scenario.network().vectorLength() / scenario.network().parameters();
    for (int shard = 0; shard < shards.count(); shard++) {
      int owner = shards.owner(shard);
      double bytes = state * shards.bytes(shard);
      copies.add(
          owner,
          (owner + executors / 2) % executors,
          shard,
          bytes,
          0,
          bytes / machine.copyBytesPerSecond());
    }
    double[] kept = fabric(scenario, machine).deliver(copies, Fabric.NO_WINDOW);
    return job + Arrays.stream(kept).max().orElse(0);
  }

  @Override
  public Fabric fabric() {
    return fabric;
  }

  @Override
  public int peers() {
    BitSet[] peers = new BitSet[scenario.executors()];
    Arrays.setAll(peers, process -> new BitSet());
    for (int shard = 0; shard < shards.count(); shard++) {
      for (int process = 0; process < peers.length; process++) {
        int counterpart = shards.counterpart(shard, process);
        meet(peers, process, counterpart);
        meet(peers, counterpart, shards.owner(shard));
      }
    }
    return Arrays.stream(peers).mapToInt(BitSet::cardinality).max().orElse(0);
  }

  private static void meet(BitSet[] peers, int one, int other) {
    if (one != other) {
      peers[one].set(other);
      peers[other].set(one);
    }
  }
}
