package org.espalier.jobs.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.espalier.averaging.footprint.RunFootprint.Averaging;
import org.espalier.base.Refusal;
import org.espalier.dl4jspark.bench.MaskedRounds;
import org.espalier.dl4jspark.bench.RoundBench;
import org.espalier.dl4jspark.bench.RoundFigures;
import org.espalier.dl4jspark.bench.StockRounds;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.jobs.shell.MemoryDemand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures one averaging round. */
@Command(
    name = "round",
    description = {
      "Measures one averaging round: what it costs beyond the workers' own steps.",
      "",
      "All kinds train the same network of two dense layers by plain SGD in steps of 4 examples, one"
          + " step a round, or 50 a stretch; figures are medians over the rounds after warm-up."
    },
    mixinStandardHelpOptions = true)
final class BenchRound extends Job {
  private static final int EXECUTORS = 2;
  private static final long STOCK_BYTES_PER_PARAMETER = 60;
  private static final long SMALLEST_EXECUTOR_MIB = 1024;

  /** Whose training master. */
  enum Kind {
    /** Espalier's masked averaging. */
    MASKED,
    /** Espalier's averaging of gradients, in stretches. */
    GRADIENTS,
    /** dl4j-spark's ParameterAveragingTrainingMaster. */
    STOCK
  }

  @Option(
      names = "--kind",
      paramLabel = "masked|gradients|stock",
      defaultValue = "masked",
      description =
          "Espalier's averaging of parameters under masks, or of gradients, figures per step; or"
              + " dl4j-spark's ParameterAveragingTrainingMaster (default: ${DEFAULT-VALUE}).")
  private Kind kind;

  @Option(
      names = "--parameters",
      paramLabel = "N",
      defaultValue = "430000",
      description =
          "Parameters of the network, reached as nearly as its layers allow (default: ${DEFAULT-VALUE}).")
  private int parameters;

  @Option(
      names = "--workers",
      paramLabel = "W",
      defaultValue = "8",
      description = "Logical workers (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--density",
      paramLabel = "D",
      defaultValue = "1",
      description =
          "Fraction of the weights that the mask keeps, above 0 and at most 1 (default: ${DEFAULT-VALUE}).")
  private double density;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "50",
      description = "Rounds that are counted (default: ${DEFAULT-VALUE}).")
  private int rounds;

  /** A rule by which parameters are updated. */
  enum Rule {
    SGD,
    NESTEROV,
    ADAM
  }

  @Option(
      names = "--optimiser",
      paramLabel = "sgd|nesterov|adam",
      defaultValue = "sgd",
      description =
          "Optimiser where gradients are averaged; the others know sgd (default:"
              + " ${DEFAULT-VALUE}).")
  private Rule rule;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "50",
      description = "Steps of a stretch (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "Time in which rounds are run before them; Spark's code is compiled by then (default:"
              + " ${DEFAULT-VALUE}).")
  private int warmUp;

  @Override
  protected Map<String, Object> run(Console console) {
    RoundBench bench =
        new RoundBench(
            parameters, workers, density, Duration.ofSeconds(warmUp), rounds, updateRule(), steps);
    if (kind == Kind.STOCK && density < 1) {
      throw new Refusal(
          "Cannot measure a density of %s with the stock master: it has no masks; leave --density away."
              .formatted(density));
    }
    if (kind != Kind.GRADIENTS && rule != Rule.SGD) {
      throw new Refusal(
          "Cannot measure rounds of %s with %s: only --kind gradients knows other optimisers than sgd; leave --optimiser away."
              .formatted(lower(kind), lower(rule)));
    }
    SparkConf settings =
        ClusterSettings.of("espalier bench round", options(), defaultMaster(bench));
    StockRounds.useSystemClock(settings);
    Cluster.prepareArithmetic(settings, console);
    if (kind != Kind.STOCK) {
      MemoryDemand.settle(
          List.of(
              MemoryDemand.of(
                  "a round",
                  (executors, slots) -> bench.footprint(averaging(), executors, slots),
                  settings)),
          settings,
          console);
    }
    try (Cluster cluster = Cluster.forTraining(settings)) {
      RoundFigures figures =
          switch (kind) {
            case STOCK -> StockRounds.measure(cluster.spark(), bench);
            case GRADIENTS -> MaskedRounds.measureGradients(cluster.spark(), bench);
            case MASKED -> MaskedRounds.measure(cluster.spark(), bench);
          };
      if (!figures.phases().isEmpty()) {
        console.note("phases: " + figures.phases());
      }
      figures
          .memory()
          .forEach(
              sample ->
                  sample
                      .processes()
                      .forEach(
                          (process, held) ->
                              console.note(
                                  "memory %s of %s, MiB: %s"
                                      .formatted(sample.moment(), process, held.text()))));
      console.result(line(figures));
      return values(figures, settings.get("spark.master"));
    }
  }

  /** Two executors that have room for vectors of this length. */
  private String defaultMaster(RoundBench bench) {
    long mebibytes =
        kind == Kind.STOCK
            ? SMALLEST_EXECUTOR_MIB + ((STOCK_BYTES_PER_PARAMETER * parameters) >> 20)
            : MemoryDemand.heapMib(bench.footprint(averaging(), EXECUTORS, 1).executor());
    return "local-cluster[%d,1,%d]".formatted(EXECUTORS, mebibytes);
  }

  private Averaging averaging() {
    return kind == Kind.GRADIENTS ? Averaging.GRADIENTS : Averaging.PARAMETERS;
  }

  private UpdateRule updateRule() {
    return switch (rule) {
      case SGD -> new UpdateRule.Sgd();
      case NESTEROV -> new UpdateRule.Nesterov(0.9);
      case ADAM -> UpdateRule.Adam.standard();
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private String line(RoundFigures figures) {
    return String.format(
        Locale.ROOT,
        "round %s: %d parameters, %d workers, density %s: %.1f ms = %.1f compute + %.1f overhead, %d bytes up per worker, %d per executor, %d to the driver",
        lower(kind),
        figures.parameters(),
        workers,
        density,
        1e3 * figures.seconds(),
        1e3 * figures.computeSeconds(),
        1e3 * figures.overheadSeconds(),
        figures.bytesUpPerWorker(),
        figures.bytesPerExecutor(),
        figures.bytesToDriver());
  }

  private Map<String, Object> values(RoundFigures figures, String master) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("kind", lower(kind));
    values.put("master", master);
    values.put("parameters", figures.parameters());
    values.put("workers", workers);
    values.put("density", density);
    values.put("rounds", rounds);
    values.put("roundSeconds", figures.seconds());
    values.put("computeSeconds", figures.computeSeconds());
    values.put("overheadSeconds", figures.overheadSeconds());
    values.put("bytesUpPerWorker", figures.bytesUpPerWorker());
    values.put("executors", figures.executors());
    values.put("bytesPerExecutor", figures.bytesPerExecutor());
    values.put("optimiser", lower(rule));
    values.put("steps", steps);
    values.put("bytesToDriver", figures.bytesToDriver());
    if (!figures.memory().isEmpty()) {
      values.put("memory", figures.memory());
    }
    return values;
  }
}
