package org.espalier.jobs.bench.scaling;

import java.util.Arrays;

/**
 * Ring all-reduce of gradients (Patarasuk and Yuan 2009): N - 1 turns in which each executor sends
 * a chunk of P / N, in pieces of at most 512 KiB, to the next and adds the one it gets, and N - 1
 * in which the sums go round. Every executor then makes the optimiser's step on all parameters.
 */
final class RingAllReduce implements Averaging {
  private static final double PIECE_BYTES = 1 << 19;

  private final Scenario scenario;
  private final MachineConstants machine;
  private final Fabric fabric;

  RingAllReduce(Scenario scenario, MachineConstants machine) {
    this.scenario = scenario;
    this.machine = machine;
    this.fabric = Fabric.of(scenario.executors(), scenario, machine);
  }

  @Override
  public double[] average(double[] computed) {
    int executors = computed.length;
    double[][] at = new double[executors][pieces()];
    for (int executor = 0; executor < executors; executor++) {
      Arrays.fill(at[executor], computed[executor]);
    }
    for (int turn = 1; turn < executors; turn++) {
      at = turned(at, machine.sumBytesPerSecond());
    }
    for (int turn = 1; turn < executors; turn++) {
      at = turned(at, machine.copyBytesPerSecond());
    }
    double step = scenario.updateSeconds(machine);
    return Arrays.stream(at)
        .mapToDouble(pieces -> Arrays.stream(pieces).max().orElseThrow() + step)
        .toArray();
  }

  private int pieces() {
    return (int) Math.ceil(chunk() / PIECE_BYTES);
  }

  /** Bytes that an executor sends in a turn. */
  private double chunk() {
    return Float.BYTES
        * scenario.density()
        * scenario.network().parameters()
        / scenario.executors();
  }

  /**
   * One turn.
   *
   * @param at when each executor has each piece to send
   */
  private double[][] turned(double[][] at, double workBytesPerSecond) {
    int executors = at.length;
    double bytes = chunk() / pieces();
    Messages messages = new Messages();
    for (int executor = 0; executor < executors; executor++) {
      for (int piece = 0; piece < at[executor].length; piece++) {
        messages.add(
            executor,
            (executor + 1) % executors,
            piece,
            bytes,
            at[executor][piece],
            bytes / workBytesPerSecond);
      }
    }
    double[] taken = fabric.deliver(messages, Fabric.NO_WINDOW);
    double[][] next = new double[executors][pieces()];
    for (int m = 0; m < taken.length; m++) {
      int to = messages.to(m);
      int piece = messages.shard(m);
      next[to][piece] = Math.max(at[to][piece], taken[m]);
    }
    return next;
  }

  @Override
  public Fabric fabric() {
    return fabric;
  }

  @Override
  public int peers() {
    return Math.min(2, scenario.executors() - 1);
  }
}
