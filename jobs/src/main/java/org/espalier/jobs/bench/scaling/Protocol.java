package org.espalier.jobs.bench.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.espalier.base.Refusal;

/** Ways to average, of which Espalier has the first three. */
enum Protocol {
  /** Averaged gradients, each executor with each: up to 64 executors. */
  FLAT("gradients, one level"),
  /** Averaged gradients by way of a relay in each group: above 64. */
  TWO_LEVEL("gradients, two levels"),
  /** Averaged parameters and optimiser state. */
  PARAMETERS("parameters and state"),
  /** Every executor to the driver and back. */
  DRIVER("driver"),
  /** dl4j-spark's treeAggregate and broadcast. */
  DRIVER_TREE("driver, tree and torrent"),
  /** A sharded parameter server. */
  SERVER("parameter server"),
  /** Ring all-reduce. */
  RING("ring all-reduce");

  private final String title;

  Protocol(String title) {
    this.title = title;
  }

  /**
   * The protocol of a name.
   *
   * @throws Refusal if there is none
   */
  static Protocol named(String name) {
    List<Protocol> all = Arrays.asList(values());
    return all.stream()
        .filter(protocol -> protocol.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "Cannot simulate the protocol '%s': it is unknown; choose one of %s."
                        .formatted(
                            name,
                            String.join(", ", all.stream().map(Protocol::toString).toList()))));
  }

  /** What a table calls it. */
  String title() {
    return title;
  }

  /** The protocol on hosts of a scenario. */
  Averaging on(Scenario scenario, MachineConstants machine, int workersPerServer) {
    return switch (this) {
      case FLAT -> new ShardedGradients(scenario, machine, scenario.executors());
      case TWO_LEVEL -> new ShardedGradients(scenario, machine, 1);
      case PARAMETERS -> new AveragedVector(scenario, machine);
      case DRIVER -> new CentralDriver(scenario, machine);
      case DRIVER_TREE -> new DriverTree(scenario, machine);
      case SERVER -> new ParameterServers(scenario, machine, workersPerServer);
      case RING -> new RingAllReduce(scenario, machine);
    };
  }

  /** Whether parameters are averaged, every so many steps, rather than gradients in every step. */
  boolean averagesParameters() {
    return this == PARAMETERS || this == DRIVER || this == DRIVER_TREE;
  }

  /** Whether many steps make one Spark job. */
  boolean hasStretches() {
    return this == FLAT || this == TWO_LEVEL;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
