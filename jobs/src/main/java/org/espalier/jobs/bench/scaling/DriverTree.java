package org.espalier.jobs.bench.scaling;

import java.util.Arrays;

/**
 * Averaging at the driver as dl4j-spark's training master does it: parameters and optimiser state
 * are summed by about the square root of the executors, whose sums the driver adds (Spark's
 * treeAggregate of depth 2), and the average is broadcast: the driver sends each piece to one
 * executor, which passes it on to the others (Spark's torrent broadcast at its best). A Spark job
 * for each time.
 */
final class DriverTree implements Averaging {
  private final Scenario scenario;
  private final MachineConstants machine;
  private final VectorPieces vector;
  private final Fabric fabric;

  DriverTree(Scenario scenario, MachineConstants machine) {
    this.scenario = scenario;
    this.machine = machine;
    this.vector = new VectorPieces(scenario, machine);
    this.fabric = Fabric.of(scenario.executors() + 1, scenario, machine);
  }

  @Override
  public double[] average(double[] computed) {
    int executors = computed.length;
    int sums = (int) Math.ceil(Math.sqrt(executors));
    double[] summed = summed(computed, sums);
    Messages up = new Messages();
    for (int executor = 0; executor < sums; executor++) {
      for (int piece = 0; piece < vector.count(); piece++) {
        vector.addUp(up, executor, executors, piece, summed[executor]);
      }
    }
    double averaged = Arrays.stream(fabric.deliver(up, Fabric.NO_WINDOW)).max().orElse(0);
    double started = averaged + machine.jobSeconds(executors);
    return Arrays.stream(broadcast(averaged)).map(at -> Math.max(at, started)).toArray();
  }

  private double[] summed(double[] computed, int sums) {
    double[] summed = Arrays.copyOf(computed, sums);
    Messages up = new Messages();
    for (int executor = sums; executor < computed.length; executor++) {
      for (int piece = 0; piece < vector.count(); piece++) {
        vector.addUp(up, executor, executor % sums, piece, computed[executor]);
      }
    }
    double[] taken = fabric.deliver(up, Fabric.NO_WINDOW);
    up.noteLatest(taken, summed);
    return summed;
  }

  private double[] broadcast(double averaged) {
    int executors = scenario.executors();
    Messages seeds = new Messages();
    for (int piece = 0; piece < vector.count(); piece++) {
      vector.addDown(seeds, executors, piece % executors, piece, averaged);
    }
    double[] seeded = fabric.deliver(seeds, Fabric.NO_WINDOW);
    Messages others = new Messages();
    for (int piece = 0; piece < seeded.length; piece++) {
      int from = seeds.to(piece);
      for (int i = 1; i < executors; i++) {
        vector.addDown(others, from, (from + i) % executors, piece, seeded[piece]);
      }
    }
    double[] had = new double[executors];
    seeds.noteLatest(seeded, had);
    double[] taken = fabric.deliver(others, Fabric.NO_WINDOW);
    others.noteLatest(taken, had);
    return had;
  }

  @Override
  public Fabric fabric() {
    return fabric;
  }

  @Override
  public int driver() {
    return scenario.executors();
  }

  @Override
  public int peers() {
    return scenario.executors();
  }
}
