package org.espalier.jobs.bench.scaling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.espalier.base.Refusal;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Simulates how synchronous training scales. */
@Command(
    name = "scaling",
    description = {
      "Simulates synchronous training on many hosts: averaged gradients and parameters, averaging at"
          + " the driver, a parameter server and ring all-reduce.",
      "",
      "Nothing is trained, and the same options give the same figures. docs/scaling.md says what is"
          + " modelled."
    },
    mixinStandardHelpOptions = true)
public final class BenchScaling extends Job {
  private static final double MICRO = 1e-6;

  @Option(
      names = "--protocols",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "flat,two-level,parameters,driver,driver-tree,server,ring",
      description =
          "Ways to average: gradients in one level or two, parameters, at the driver, there as"
              + " dl4j-spark does it, by parameter servers, by ring all-reduce (default:"
              + " ${DEFAULT-VALUE}).")
  private List<String> protocols;

  @Option(
      names = "--networks",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "resnet-50,transformer-base",
      description = "Networks whose training is simulated (default: ${DEFAULT-VALUE}).")
  private List<String> networks;

  @Option(
      names = "--density",
      paramLabel = "D",
      split = ",",
      defaultValue = "1,0.1",
      description =
          "Fractions of the weights that masks keep; the others do not travel (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Double> densities;

  @Option(
      names = "--workers",
      paramLabel = "W",
      split = ",",
      defaultValue = "8,32,128,1024",
      description = "Numbers of workers (default: ${DEFAULT-VALUE}).")
  private List<Integer> workers;

  @Option(
      names = "--workers-per-executor",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Workers that an executor carries, one after the other (default: ${DEFAULT-VALUE}).")
  private int perExecutor;

  @Option(
      names = "--gigabits",
      paramLabel = "G",
      split = ",",
      defaultValue = "1,10,100",
      description =
          "Links of a host, in Gb/s each way; every executor has a host (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Double> gigabits;

  @Option(
      names = "--latency",
      paramLabel = "MICROSECONDS",
      defaultValue = "50",
      description = "From host to host (default: ${DEFAULT-VALUE}).")
  private double latency;

  @Option(
      names = "--cores",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "Cores of an executor, of which at most 8 each way handle messages (default:"
              + " ${DEFAULT-VALUE}).")
  private int cores;

  @Option(
      names = "--compute",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description =
          "What an undisturbed worker computes in a step; 0 takes it from the network's operations and"
              + " the cores (default: ${DEFAULT-VALUE}).")
  private double compute;

  @Option(
      names = "--frequency",
      paramLabel = "F",
      defaultValue = "1",
      description =
          "Steps between two averagings where parameters are averaged; gradients are in every step"
              + " (default: ${DEFAULT-VALUE}).")
  private int frequency;

  @Option(
      names = "--stretch",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description =
          "Of steps in one Spark job where gradients are averaged; at least one and at most 1,000 (default:"
              + " ${DEFAULT-VALUE}).")
  private double stretch;

  @Option(
      names = "--workers-per-server",
      paramLabel = "N",
      defaultValue = "4",
      description = "Workers for each host of a parameter server (default: ${DEFAULT-VALUE}).")
  private int workersPerServer;

  @Option(
      names = "--spread",
      paramLabel = "S",
      defaultValue = "0.05",
      description =
          "Standard deviation of the logarithm of compute times (default: ${DEFAULT-VALUE}).")
  private double spread;

  @Option(
      names = "--slow-probability",
      paramLabel = "P",
      defaultValue = "0.0001",
      description = "Of a worker's step to be slow (default: ${DEFAULT-VALUE}).")
  private double slowProbability;

  @Option(
      names = "--slow-factor",
      paramLabel = "F",
      defaultValue = "3",
      description = "How much longer such a step takes (default: ${DEFAULT-VALUE}).")
  private double slowFactor;

  @Option(
      names = "--hours-between-failures",
      paramLabel = "H",
      defaultValue = "1000",
      description = "Of one host, in the mean (default: ${DEFAULT-VALUE}).")
  private double hoursBetweenFailures;

  @Option(
      names = "--notice",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Until a failure is noticed (default: ${DEFAULT-VALUE}).")
  private double notice;

  @Option(
      names = "--restart",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "To begin again from a checkpoint (default: ${DEFAULT-VALUE}).")
  private double restart;

  @Option(
      names = "--checkpoint",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "From one checkpoint to the next (default: ${DEFAULT-VALUE}).")
  private double checkpoint;

  @Option(
      names = "--averagings",
      paramLabel = "N",
      defaultValue = "3",
      description = "That are simulated of each (default: ${DEFAULT-VALUE}).")
  private int averagings;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of stragglers and failures (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--measure",
      description =
          "Measure the speeds of this machine's cores and of Spark first, which takes a minute,"
              + " in place of those that docs/scaling.md tells.")
  private boolean measure;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draw efficiency over workers as SVG.")
  private Path plot;

  @Override
  protected Map<String, Object> run(Console console) throws IOException, InterruptedException {
    List<Protocol> chosen = protocols.stream().map(Protocol::named).toList();
    List<Scenario> scenarios = scenarios();
    requirePlace();
    Stragglers stragglers = new Stragglers(spread, slowProbability, slowFactor, seed);
    Failures failures = new Failures(hoursBetweenFailures, notice, restart, checkpoint, seed);
    Simulation usual =
        new Simulation(
            MachineConstants.standard(),
            stragglers,
            failures,
            workersPerServer,
            averagings,
            stretch);
    Simulation simulation = measure ? usual.with(measured(console)) : usual;
    List<ScalingFigures> figures =
        scenarios.parallelStream()
            .flatMap(scenario -> chosen.stream().map(each -> simulation.of(each, scenario)))
            .toList();
    ScalingTable.lines(figures).forEach(console::result);
    if (plot != null) {
      Files.writeString(plot, ScalingPlot.of(figures));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("machine", simulation.machine().values());
    values.put("figures", figures.stream().map(ScalingFigures::values).toList());
    return values;
  }

  private void requirePlace() {
    if (plot != null && !Files.isDirectory(plot.toAbsolutePath().normalize().getParent())) {
      throw new Refusal(
          "Cannot draw %s: its folder does not exist; name a file in one that does."
              .formatted(plot));
    }
  }

  private List<Scenario> scenarios() {
    List<Scenario> scenarios = new ArrayList<>();
    for (String network : networks) {
      for (double density : densities) {
        for (int count : workers) {
          for (double link : gigabits) {
            scenarios.add(
                new Scenario(
                    TrainedNetwork.named(network),
                    density,
                    count,
                    perExecutor,
                    link,
                    latency * MICRO,
                    cores,
                    compute,
                    frequency));
          }
        }
      }
    }
    return scenarios;
  }

  private MachineConstants measured(Console console) throws IOException, InterruptedException {
    SparkConf settings = ClusterSettings.of("espalier bench scaling", options(), "local[*]");
    Cluster.prepareArithmetic(settings, console);
    try (Cluster cluster = Cluster.forTraining(settings)) {
      MachineConstants machine = ConstantsMeasurement.on(cluster.spark());
      machine.values().forEach((name, value) -> console.note("measured: " + name + " = " + value));
      return machine;
    }
  }
}
