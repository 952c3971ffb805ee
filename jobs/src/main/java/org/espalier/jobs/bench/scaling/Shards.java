package org.espalier.jobs.bench.scaling;

import java.util.List;
import org.espalier.averaging.gradients.Groups;
import org.espalier.averaging.shards.ShardLayout;
import org.espalier.engine.replica.VectorLayout;

/**
 * Shards of a vector and the hosts that own them.
 *
 * @param layout the cut
 * @param groups in which owners exchange
 * @param firstOwner host of the first owner; the others follow it
 */
record Shards(ShardLayout layout, Groups groups, int firstOwner) {
  /** Shards of the parameters, whose owners are these hosts. */
  static Shards ofParameters(Scenario scenario, Groups groups, int firstOwner) {
    int parameters = scenario.network().parameters();
    return new Shards(
        ShardLayout.ofParameters(vector(parameters), groups.owners(), scenario.executors()),
        groups,
        firstOwner);
  }

  /** Shards of parameters and optimiser state, owned by the executors. */
  static Shards ofVector(Scenario scenario) {
    int executors = scenario.executors();
    int values = Math.toIntExact(scenario.network().vectorLength());
    return new Shards(
        ShardLayout.of(vector(values), executors), Groups.of(executors, executors), 0);
  }

  private static VectorLayout vector(int length) {
    return new VectorLayout(length, length, List.of(), List.of(), VectorLayout.MaskedEntries.AGREE);
  }

  int count() {
    return layout.shards();
  }

  /** Bytes of a shard's values. */
  double bytes(int shard) {
    return (double) Float.BYTES * layout.size(shard);
  }

  /** Host that owns a shard. */
  int owner(int shard) {
    return firstOwner + place(shard);
  }

  private int place(int shard) {
    return shard % groups.owners();
  }

  boolean grouped() {
    return groups.count() > 1;
  }

  /** Host that another one deals with for a shard. */
  int counterpart(int shard, int host) {
    return grouped() ? groups.relay(place(shard), host) : owner(shard);
  }

  /** First host of the group of a host, which owns something where there are groups. */
  int groupFirst(int host) {
    return groups.first(host);
  }

  /** Host after the last of that group. */
  int groupEnd(int host) {
    return groups.end(host);
  }
}
