package org.espalier.jobs.bench.scaling;

import java.util.Arrays;

/**
 * Averaging at the driver: every executor sends it parameters and optimiser state and gets the
 * average back. A Spark job for each time.
 */
final class CentralDriver implements Averaging {
  private final Scenario scenario;
  private final MachineConstants machine;
  private final VectorPieces vector;
  private final Fabric fabric;

  CentralDriver(Scenario scenario, MachineConstants machine) {
    this.scenario = scenario;
    this.machine = machine;
    this.vector = new VectorPieces(scenario, machine);
    this.fabric = Fabric.of(scenario.executors() + 1, scenario, machine);
  }

  @Override
  public double[] average(double[] computed) {
    int executors = scenario.executors();
    double averaged = collected(computed);
    Messages down = new Messages();
    for (int piece = 0; piece < vector.count(); piece++) {
      for (int executor = 0; executor < executors; executor++) {
        vector.addDown(down, executors, executor, piece, averaged);
      }
    }
    double[] next = new double[executors];
    double started = averaged + machine.jobSeconds(executors);
    Arrays.fill(next, started);
    double[] taken = fabric.deliver(down, Fabric.NO_WINDOW);
    down.noteLatest(taken, next);
    return next;
  }

  private double collected(double[] computed) {
    Messages up = new Messages();
    for (int executor = 0; executor < computed.length; executor++) {
      for (int piece = 0; piece < vector.count(); piece++) {
        vector.addUp(up, executor, driver(), piece, computed[executor]);
      }
    }
    return Arrays.stream(fabric.deliver(up, Fabric.NO_WINDOW)).max().orElse(0);
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
    return 1;
  }
}
