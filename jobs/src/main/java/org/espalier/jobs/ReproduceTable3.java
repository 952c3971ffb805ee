package org.espalier.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.espalier.base.Refusal;
import org.espalier.experiment.Experiment;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsTable;
import org.espalier.results.paper.Table3;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Table 3 of the paper: the verification of variational dropout on MNIST. */
@Command(
    name = "table3",
    description = {
      "Trains LeNet-300-100 and LeNet-5-Caffe dense and by variational dropout, evaluates thresholds"
          + " 3.0, 2.0 and 0.1, and prints the paper's rows beside ours.",
      "",
      "Started again with the same output, it keeps what is finished and goes on from the newest"
          + " checkpoint. Writes OUTPUT/table3.csv, OUTPUT/table3.txt and OUTPUT/runs."
    },
    mixinStandardHelpOptions = true)
public final class ReproduceTable3 extends Job {
  private static final String DEFAULT_MASTER = "local[*]";
  private static final String CONFIGURATIONS = "org/espalier/conf/table3/";
  private static final String MANY = "-8-workers";
  private static final List<String> IN_STEPS =
      List.of(
          "optimiser.decayStair",
          "sparsity.penalty.begin",
          "sparsity.penalty.end",
          "sparsity.penalty.stair");
  private static final List<String> EXPERIMENTS =
      List.of(
          "lenet-300-100-dense",
          "lenet-300-100-variational",
          "lenet-5-caffe-dense",
          "lenet-5-caffe-variational");

  @Option(
      names = "--data",
      paramLabel = "URI",
      required = true,
      description = "Prepared MNIST: the folder that ./espalier prepare mnist wrote.")
  private String data;

  @Option(
      names = "--output",
      paramLabel = "URI",
      required = true,
      description = "Folder for runs and tables.")
  private String output;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Fewer epochs than the protocol's 200, with the learning rate's and the KL divergence's"
              + " steps shortened in proportion; the table says so.")
  private Integer epochs;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description = "Repetitions of every run, with the seeds 1 to N (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "1, as in the paper, or 8 workers that average (default: ${DEFAULT-VALUE}).")
  private int workers;

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new ReproduceTable3(), arguments);
  }

  @Override
  Map<String, Object> run(Console console) throws Exception {
    if (workers != 1 && workers != 8) {
      throw new Refusal(
          "Cannot reproduce Table 3 on %d workers: its configurations are for 1 or 8; start others with ./espalier train and your own."
              .formatted(workers));
    }
    if (epochs != null && (epochs < 1 || epochs > Table3.EPOCHS)) {
      throw new Refusal(
          "Cannot reproduce Table 3 in %d epochs: choose 1 to %d."
              .formatted(epochs, Table3.EPOCHS));
    }
    if (seeds < 1) {
      throw new Refusal(
          "Cannot repeat every run with %d seeds: it takes at least 1.".formatted(seeds));
    }
    SparkConf settings = ClusterSettings.of("espalier reproduce table3", options(), DEFAULT_MASTER);
    Configuration hadoop = Cluster.hadoop(settings);
    List<Experiment> experiments = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (String name : EXPERIMENTS) {
        experiments.add(Experiment.resolve(configuration(name, seed), hadoop));
      }
    }
    Cluster.prepareArithmetic(settings, console);
    String runs = new Path(output, "runs").toString();
    List<OperatingPoint> points = new ArrayList<>();
    try (Cluster cluster = Cluster.forTraining(settings)) {
      RunSeries series = new RunSeries(cluster.spark(), runs, console);
      for (Experiment experiment : experiments) {
        points.addAll(ResultsTable.read(series.add(experiment), hadoop).rows());
      }
    }
    Table3 table = Table3.of(points);
    console.result(table.asText());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("csv", table.writeCsv(new Path(output, "table3.csv"), hadoop).toString());
    values.put("text", table.writeText(new Path(output, "table3.txt"), hadoop).toString());
    values.put("points", points.stream().map(PointValues::of).toList());
    return values;
  }

  private Config configuration(String name, int seed) {
    String file = CONFIGURATIONS + name + (workers == 1 ? "" : MANY) + ".conf";
    Config config =
        ConfigFactory.parseResources(file)
            .resolve()
            .withValue("data", ConfigValueFactory.fromAnyRef(data))
            .withValue("seed", ConfigValueFactory.fromAnyRef(seed));
    return epochs == null ? config : shortened(config);
  }

  private Config shortened(Config config) {
    Config shorter = config.withValue("epochs", ConfigValueFactory.fromAnyRef(epochs));
    for (String path : IN_STEPS) {
      if (config.hasPath(path)) {
        long steps = Math.max(1, config.getLong(path) * epochs / Table3.EPOCHS);
        shorter = shorter.withValue(path, ConfigValueFactory.fromAnyRef(steps));
      }
    }
    return shorter;
  }
}
