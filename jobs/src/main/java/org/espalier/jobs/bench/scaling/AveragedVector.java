package org.espalier.jobs.bench.scaling;

import java.util.Arrays;

/**
 * Averaged parameters: parameters and optimiser state are averaged by the owners of their shards,
 * and every executor and the driver take the whole average. A Spark job for each time.
 */
final class AveragedVector implements Averaging {
  private final Scenario scenario;
  private final MachineConstants machine;
  private final Fabric fabric;
  private final ShardedExchange exchange;

  AveragedVector(Scenario scenario, MachineConstants machine) {
    int executors = scenario.executors();
    this.scenario = scenario;
    this.machine = machine;
    this.fabric = Fabric.of(executors + 1, scenario, machine);
    this.exchange =
        new ShardedExchange(
            fabric,
            Shards.ofVector(scenario),
            ShardCosts.ofVector(scenario, machine),
            executors,
            scenario.perExecutor(),
            executors + 1);
  }

  @Override
  public double[] average(double[] computed) {
    int executors = scenario.executors();
    double[] taken = exchange.exchange(computed);
    double next = taken[executors] + machine.jobSeconds(executors);
    return Arrays.stream(taken).limit(executors).map(at -> Math.max(at, next)).toArray();
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
