package org.espalier.jobs.bench.scaling;

import org.espalier.averaging.gradients.Groups;

/**
 * A sharded parameter server, synchronous: hosts of their own hold shards of the parameters, take
 * the gradients of all workers, make the step and send the parameters back.
 */
final class ParameterServers implements Averaging {
  private final Fabric fabric;
  private final ShardedExchange exchange;
  private final int servers;

  ParameterServers(Scenario scenario, MachineConstants machine, int workersPerServer) {
    int executors = scenario.executors();
    this.servers = count(scenario, workersPerServer);
    this.fabric = Fabric.of(executors + servers, scenario, machine);
    this.exchange =
        new ShardedExchange(
            fabric,
            Shards.ofParameters(scenario, Groups.of(servers, servers), executors),
            ShardCosts.ofGradients(scenario, machine),
            executors,
            scenario.perExecutor(),
            executors);
  }

  /** Number of servers. */
  static int count(Scenario scenario, int workersPerServer) {
    return Math.floorDiv(scenario.workers() - 1, workersPerServer) + 1;
  }

  @Override
  public double[] average(double[] computed) {
    return exchange.exchange(computed);
  }

  @Override
  public Fabric fabric() {
    return fabric;
  }

  @Override
  public int peers() {
    return servers;
  }
}
