package org.espalier.jobs.bench.scaling;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.espalier.base.Refusal;

/**
 * A simulation of some steps of training, in which executors compute, average and go on when each
 * of them has what it needs. Deterministic.
 *
 * @param machine speeds of a core and of Spark
 * @param stragglers spread of compute times
 * @param failures of hosts
 * @param workersPerServer workers for each host of a parameter server
 * @param averagings that are simulated
 * @param stretchSeconds after which the driver is visited, where it need not be in between
 */
record Simulation(
    MachineConstants machine,
    Stragglers stragglers,
    Failures failures,
    int workersPerServer,
    int averagings,
    double stretchSeconds) {
  /** What a task of a stretch tells the driver: losses, counts and times. */
  private static final double REPORT_BYTES = 1300;

  private static final int STRETCH_STEPS = 1000;

  /** Checks the ranges. */
  Simulation {
    if (workersPerServer < 1) {
      throw new Refusal(
          "Cannot simulate %d workers for each server: there must be at least 1."
              .formatted(workersPerServer));
    }
    if (averagings < 1) {
      throw new Refusal(
          "Cannot simulate %d averagings: there must be at least 1.".formatted(averagings));
    }
    if (!(stretchSeconds > 0 && Double.isFinite(stretchSeconds))) {
      throw new Refusal(
          "Cannot simulate stretches of %s s: it must be above 0.".formatted(stretchSeconds));
    }
  }

  /** The same with other speeds. */
  Simulation with(MachineConstants other) {
    return new Simulation(
        other, stragglers, failures, workersPerServer, averagings, stretchSeconds);
  }

  /** Simulates a protocol. */
  ScalingFigures of(Protocol protocol, Scenario scenario) {
    Averaging averaging = protocol.on(scenario, machine, workersPerServer);
    int steps = protocol.averagesParameters() ? scenario.frequency() : 1;
    double undisturbed = scenario.perExecutor() * computing(protocol, scenario);
    double[] at = new double[scenario.executors()];
    double slowest = 0;
    for (int i = 0; i < averagings; i++) {
      double[] computed = computed(scenario, computing(protocol, scenario), steps, i);
      slowest += Arrays.stream(computed).max().orElse(0);
      double[] begun = at;
      Arrays.setAll(computed, executor -> computed[executor] + begun[executor]);
      at = averaging.average(computed);
    }
    double all = averagings * (double) steps;
    double step = Arrays.stream(at).max().orElse(0) / all;
    double stretch = protocol.hasStretches() ? stretchSteps(step) : 1;
    step += averaging.betweenStretches() / stretch;
    Fabric fabric = averaging.fabric();
    return new ScalingFigures(
        protocol,
        scenario,
        step,
        slowest / all - undisturbed,
        step - slowest / all,
        scenario.perExecutor() * scenario.computeSeconds(machine) / step,
        executors(scenario, fabric::bytesOut).sum() / scenario.executors() / all,
        busiest(fabric) / all,
        atDriver(protocol, scenario, averaging, stretch, all),
        executors(scenario, fabric::sent).max().orElse(0) / all,
        averaging.peers(),
        failures.lostPerHour(recovery(protocol, scenario, step, stretch)));
  }

  /** What a worker of an undisturbed executor computes in a step. */
  private double computing(Protocol protocol, Scenario scenario) {
    double own = protocol.averagesParameters() ? scenario.updateSeconds(machine) : 0;
    return scenario.computeSeconds(machine) + own;
  }

  private double[] computed(Scenario scenario, double seconds, int steps, int averaging) {
    double[] computed = new double[scenario.executors()];
    for (int worker = 0; worker < scenario.workers(); worker++) {
      for (int step = 0; step < steps; step++) {
        computed[worker / scenario.perExecutor()] +=
            seconds * stragglers.factor(worker, (long) averaging * steps + step);
      }
    }
    return computed;
  }

  private double stretchSteps(double stepSeconds) {
    return Math.max(1, Math.min(STRETCH_STEPS, Math.floor(stretchSeconds / stepSeconds)));
  }

  private static DoubleStream executors(Scenario scenario, IntToDoubleFunction figure) {
    return IntStream.range(0, scenario.executors()).mapToDouble(figure);
  }

  private static double busiest(Fabric fabric) {
    return IntStream.range(0, fabric.hosts())
        .mapToDouble(host -> Math.max(fabric.bytesIn(host), fabric.bytesOut(host)))
        .max()
        .orElse(0);
  }

  private static double atDriver(
      Protocol protocol, Scenario scenario, Averaging averaging, double stretch, double steps) {
    int driver = averaging.driver();
    if (driver >= 0) {
      return (averaging.fabric().bytesIn(driver) + averaging.fabric().bytesOut(driver)) / steps;
    }
    return protocol.hasStretches() ? REPORT_BYTES * scenario.executors() / stretch : 0;
  }

  private Failures.Recovery recovery(
      Protocol protocol, Scenario scenario, double step, double stretch) {
    int executors = scenario.executors();
    double job = machine.jobSeconds(executors);
    double vector =
        Float.BYTES * (double) scenario.network().vectorLength() / scenario.bytesPerSecond();
    return switch (protocol) {
      case FLAT, TWO_LEVEL ->
          new Failures.Recovery(
              executors,
              stretch * step,
              job + vector / executors,
              0,
              executors == 1 ? 0 : Math.min(1, 2.0 / (executors - 1)));
      case PARAMETERS, DRIVER, DRIVER_TREE ->
          new Failures.Recovery(executors, scenario.frequency() * step, job + vector, 0, 0);
      case SERVER -> {
        int servers = ParameterServers.count(scenario, workersPerServer);
        double fatal = (double) servers / (executors + servers);
        yield new Failures.Recovery(executors + servers, step, 0, fatal, fatal);
      }
      case RING -> Failures.Recovery.byCheckpoint(executors);
    };
  }
}
