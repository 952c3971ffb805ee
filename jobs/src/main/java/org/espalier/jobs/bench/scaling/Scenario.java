package org.espalier.jobs.bench.scaling;

import org.espalier.base.Refusal;

/**
 * One training set-up on one cluster.
 *
 * @param network what is trained
 * @param density fraction of the weights that masks keep, in (0, 1]; the others do not travel
 * @param workers number of workers W
 * @param perExecutor workers of an executor, which it carries one after the other; W is a multiple
 * @param gigabits of each host's link per second, each way at the same time
 * @param latencySeconds from the last byte that leaves a host to the first that arrives
 * @param cores of an executor; it has a host of its own
 * @param computeSeconds of a worker's step, or 0 to take it from the network's operations
 * @param frequency steps between two averagings, where parameters are averaged
 */
record Scenario(
    TrainedNetwork network,
    double density,
    int workers,
    int perExecutor,
    double gigabits,
    double latencySeconds,
    int cores,
    double computeSeconds,
    int frequency) {
  private static final double BYTES_PER_GIGABIT = 1e9 / 8;

  /** What Spark's network library takes at most. */
  private static final int NETWORK_THREADS = 8;

  /** Checks the ranges. */
  Scenario {
    require(workers >= 1, workers + " workers: there must be at least 1.");
    require(perExecutor >= 1, perExecutor + " workers on an executor: there must be at least 1.");
    require(
        workers % perExecutor == 0,
        "%d workers, %d on each executor: choose a number of workers that is a multiple."
            .formatted(workers, perExecutor));
    require(
        density > 0 && density <= 1,
        "a density of " + density + ": it must be above 0 and at most 1.");
    require(
        gigabits > 0 && Double.isFinite(gigabits),
        "a link of " + gigabits + " Gb/s: it must be above 0.");
    require(
        latencySeconds >= 0 && Double.isFinite(latencySeconds),
        "a latency of " + latencySeconds + " s: it must be at least 0.");
    require(cores >= 1, "executors of " + cores + " cores: there must be at least 1.");
    require(
        computeSeconds >= 0 && Double.isFinite(computeSeconds),
        "steps that compute for " + computeSeconds + " s: it must be at least 0.");
    require(frequency >= 1, "an averaging every " + frequency + " steps: choose 1 or more.");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new Refusal("Cannot simulate " + what);
    }
  }

  int executors() {
    return workers / perExecutor;
  }

  double bytesPerSecond() {
    return gigabits * BYTES_PER_GIGABIT;
  }

  /** Threads that handle messages, sums included, each way. */
  int networkThreads() {
    return Math.min(cores, NETWORK_THREADS);
  }

  /** What one worker needs for a step if nobody disturbs it. */
  double computeSeconds(MachineConstants machine) {
    return computeSeconds > 0
        ? computeSeconds
        : network.operations() / (cores * machine.operationsPerSecond());
  }

  /** What an optimiser's step on all parameters takes with all cores of an executor. */
  double updateSeconds(MachineConstants machine) {
    return network.parameters()
        * (double) Float.BYTES
        / (network.updateBytesPerSecond(machine) * cores);
  }
}
