package org.espalier.jobs;

import com.typesafe.config.ConfigFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.espalier.base.Refusal;
import org.espalier.experiment.Experiment;
import org.espalier.results.ResultsTable;
import org.espalier.results.paper.MethodsTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The paper's comparison of methods, small: LeNet-300-100 on MNIST. */
@Command(
    name = "lenet-methods",
    description = {
      "Trains LeNet-300-100 dense, by magnitude and random pruning at five sparsities, and by"
          + " variational dropout and L0 regularisation at several penalties, on 8 workers.",
      "",
      "Started again with the same output, it keeps what is finished and goes on from the newest"
          + " checkpoint. Writes OUTPUT/lenet-methods.csv, OUTPUT/lenet-methods.txt,"
          + " OUTPUT/report.html and OUTPUT/runs."
    },
    mixinStandardHelpOptions = true)
public final class ReproduceLeNetMethods extends Job {
  private static final String DEFAULT_MASTER = "local[*]";
  private static final String EXPERIMENTS = "org/espalier/conf/lenet-methods/experiments.conf";

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
      description = "Folder for runs, tables and report.")
  private String output;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Repetitions of every run, with the seeds 1 to N (default: ${DEFAULT-VALUE}).")
  private int seeds;

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new ReproduceLeNetMethods(), arguments);
  }

  @Override
  Map<String, Object> run(Console console) throws Exception {
    if (seeds < 1) {
      throw new Refusal(
          "Cannot repeat every run with %d seeds: it takes at least 1.".formatted(seeds));
    }
    SparkConf settings =
        ClusterSettings.of("espalier reproduce lenet-methods", options(), DEFAULT_MASTER);
    Configuration hadoop = Cluster.hadoop(settings);
    ExperimentList list =
        new ExperimentList(ConfigFactory.parseResources(EXPERIMENTS).resolve(), data);
    List<Experiment> experiments = list.resolve(hadoop, seeds);
    Cluster.prepareArithmetic(settings, console);
    String runs = new Path(output, "runs").toString();
    try (Cluster cluster = Cluster.forTraining(settings)) {
      RunSeries series = new RunSeries(cluster.spark(), runs, console);
      for (Experiment experiment : experiments) {
        series.add(experiment);
      }
    }
    return report(ResultsTable.read(new Path(runs), hadoop), hadoop, console);
  }

  private Map<String, Object> report(ResultsTable results, Configuration hadoop, Console console) {
    MethodsTable table = MethodsTable.of(results);
    console.result(table.asText());
    Path page =
        org.espalier.results.report.Report.of(results)
            .titled("Four methods on LeNet-300-100")
            .replacingOlder()
            .writeTo(new Path(output), hadoop);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("csv", table.writeCsv(new Path(output, "lenet-methods.csv"), hadoop).toString());
    values.put("text", table.writeText(new Path(output, "lenet-methods.txt"), hadoop).toString());
    values.put("report", page.toString());
    values.put("points", results.rows().stream().map(PointValues::of).toList());
    return values;
  }
}
