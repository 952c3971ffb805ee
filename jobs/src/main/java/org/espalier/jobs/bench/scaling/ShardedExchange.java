package org.espalier.jobs.bench.scaling;

import java.util.Arrays;

/**
 * A reduce-scatter to the owners of shards and an all-gather from them, in one level or by way of a
 * relay in each group, as a stretch does it.
 */
final class ShardedExchange {
  /** Messages of a task that are under way. */
  private static final int WINDOW = 8;

  private final Fabric fabric;
  private final Shards shards;
  private final ShardCosts costs;
  private final int processes;
  private final int perProcess;
  private final int receivers;

  /** When everything of each shard has come to its owner, and to the relay of each group. */
  private double[] owned;

  private double[][] relayed;

  /**
   * @param processes number of hosts, from the first, that hand values in
   * @param perProcess workers of each
   * @param receivers number of hosts, from the first, that take the result
   */
  ShardedExchange(
      Fabric fabric,
      Shards shards,
      ShardCosts costs,
      int processes,
      int perProcess,
      int receivers) {
    this.fabric = fabric;
    this.shards = shards;
    this.costs = costs;
    this.processes = processes;
    this.perProcess = perProcess;
    this.receivers = receivers;
  }

  /**
   * Exchanges.
   *
   * @param ready when each process has its values
   * @return when each receiver has the result
   */
  double[] exchange(double[] ready) {
    owned = new double[shards.count()];
    relayed = new double[shards.groups().count()][shards.count()];
    handIn(ready);
    if (shards.grouped()) {
      passOn();
    }
    update();
    return gather();
  }

  private void handIn(double[] ready) {
    Messages up = new Messages();
    int workers = processes * perProcess;
    for (int process = 0; process < processes; process++) {
      int last = (process + 1) * perProcess - 1;
      int means = MeanRanges.leaving(last + 1 - perProcess, last + 1, workers);
      int first = (int) ((long) last * shards.count() / workers);
      double at = ready[process];
      for (int i = 0; i < shards.count(); i++) {
        int shard = (first + i) % shards.count();
        at += costs.handIn() * shards.bytes(shard);
        handIn(up, process, shard, at, means);
      }
    }
    double[] taken = fabric.deliver(up, WINDOW);
    for (int m = 0; m < taken.length; m++) {
      arrived(up.shard(m), up.to(m), taken[m]);
    }
  }

  private void handIn(Messages up, int process, int shard, double at, int means) {
    int counterpart = shards.counterpart(shard, process);
    if (counterpart == process || shards.owner(shard) == process) {
      arrived(shard, process, at);
      return;
    }
    for (int mean = 0; mean < means; mean++) {
      addUp(up, process, counterpart, shard, at);
    }
  }

  private void addUp(Messages up, int from, int to, int shard, double at) {
    double bytes = costs.up() * shards.bytes(shard);
    up.add(from, to, shard, bytes, at, costs.sum() * bytes);
  }

  private void arrived(int shard, int host, double at) {
    if (host == shards.owner(shard)) {
      owned[shard] = Math.max(owned[shard], at);
    } else {
      double[] group = relayed[shards.groups().group(host)];
      group[shard] = Math.max(group[shard], at);
    }
  }

  private void passOn() {
    Messages on = new Messages();
    int workers = processes * perProcess;
    for (int first = 0; first < processes; first = shards.groupEnd(first)) {
      int end = shards.groupEnd(first);
      int means = MeanRanges.leaving(first * perProcess, end * perProcess, workers);
      for (int shard = 0; shard < shards.count(); shard++) {
        int relay = shards.counterpart(shard, first);
        if (relay != shards.owner(shard)) {
          double at = relayed[shards.groups().group(first)][shard];
          for (int mean = 0; mean < means; mean++) {
            addUp(on, relay, shards.owner(shard), shard, at);
          }
        }
      }
    }
    double[] taken = fabric.deliver(on, Fabric.NO_WINDOW);
    for (int m = 0; m < taken.length; m++) {
      arrived(on.shard(m), on.to(m), taken[m]);
    }
  }

  private void update() {
    for (int shard = 0; shard < shards.count(); shard++) {
      owned[shard] =
          fabric.work(shards.owner(shard), owned[shard], costs.update() * shards.bytes(shard));
    }
  }

  private double[] gather() {
    Messages down = new Messages();
    Messages handedOn = new Messages();
    for (int shard = 0; shard < shards.count(); shard++) {
      int owner = shards.owner(shard);
      for (int i = 1; i <= receivers; i++) {
        int receiver = (owner + i) % receivers;
        int counterpart = shards.counterpart(shard, receiver);
        if (receiver != owner && (counterpart == owner || counterpart == receiver)) {
          addDown(down, owner, receiver, shard, owned[shard]);
        }
      }
    }
    double[] gathered = new double[receivers];
    for (int shard = 0; shard < shards.count(); shard++) {
      int owner = shards.owner(shard);
      if (owner < receivers) {
        gathered[owner] = Math.max(gathered[owner], owned[shard]);
      }
    }
    double[] taken = fabric.deliver(down, Fabric.NO_WINDOW);
    for (int m = 0; m < taken.length; m++) {
      gathered[down.to(m)] = Math.max(gathered[down.to(m)], taken[m]);
      if (shards.grouped()) {
        handOn(handedOn, down.to(m), down.shard(m), taken[m]);
      }
    }
    double[] last = fabric.deliver(handedOn, Fabric.NO_WINDOW);
    handedOn.noteLatest(last, gathered);
    return written(gathered);
  }

  /** A relay answers the others of its group. */
  private void handOn(Messages on, int relay, int shard, double at) {
    int first = shards.groupFirst(relay);
    int members = shards.groupEnd(relay) - first;
    int owner = shards.owner(shard);
    if (owner >= first && owner < first + members) {
      return;
    }
    for (int i = 1; i < members; i++) {
      addDown(on, relay, first + (relay - first + i) % members, shard, at);
    }
  }

  private void addDown(Messages down, int from, int to, int shard, double at) {
    double whole = shards.bytes(shard);
    down.add(from, to, shard, costs.down() * whole, at, costs.take() * whole);
  }

  /** What was gathered is copied into each replica. */
  private double[] written(double[] gathered) {
    double seconds = costs.take() * Float.BYTES * shards.layout().length();
    return Arrays.stream(gathered).map(at -> at + seconds).toArray();
  }
}
