package org.espalier.jobs.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.datasets.digits.GeneratedDigits;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.experiment.Experiment;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.results.ResultsTable;
import org.espalier.results.report.ReportPage;
import org.espalier.storage.Publication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole path in some minutes: digits, Parquet, sparse training on executors, a report. */
@Command(
    name = "quickstart",
    description = {
      "Draws digits, writes them as Parquet, trains LeNet-300-100 dense and sparse on real executor"
          + " JVMs, and writes a report.",
      "",
      "What an earlier quickstart finished in the same folder is kept and not done again."
    },
    mixinStandardHelpOptions = true)
public final class Quickstart extends Job {
  private static final String DEFAULT_MASTER = "local-cluster[2,1,1024]";
  private static final String CONFIGURATIONS = "org/espalier/jobs/quickstart.conf";

  @Option(
      names = "--output",
      paramLabel = "URI",
      defaultValue = "out/quickstart",
      description = "Folder for data, runs and report (default: ${DEFAULT-VALUE}).")
  private String output;

  @Option(
      names = "--small",
      description = "Less data and fewer epochs: shows that everything works, not how well.")
  private boolean small;

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new Quickstart(), arguments);
  }

  @Override
  protected Map<String, Object> run(Console console) throws Exception {
    SparkConf settings = ClusterSettings.of("espalier quickstart", options(), DEFAULT_MASTER);
    Configuration hadoop = Cluster.hadoop(settings);
    Cluster.prepareArithmetic(settings, console);
    try (Cluster cluster = Cluster.forTraining(settings)) {
      Config config = sized(small ? "small" : "full");
      String data = new Path(output, "digits").toString();
      prepare(cluster.spark(), hadoop, data, config.getConfig("size.digits"), console);
      String runs = new Path(output, "runs").toString();
      RunSeries series = new RunSeries(cluster.spark(), runs, console);
      for (Experiment experiment : new ExperimentList(config, data).resolve(hadoop, 1)) {
        series.add(experiment);
      }
      return report(hadoop, runs, console);
    }
  }

  private static Config sized(String size) {
    return ConfigFactory.parseString("size = ${%s}".formatted(size))
        .withFallback(ConfigFactory.parseResources(CONFIGURATIONS))
        .resolve();
  }

  private static void prepare(
      JavaSparkContext spark, Configuration hadoop, String data, Config digits, Console console)
      throws IOException {
    if (Publication.isFinished(new Path(data), hadoop)) {
      console.note("data: kept " + data + " from an earlier quickstart");
      return;
    }
    GeneratedDigits source =
        new GeneratedDigits(1, digits.getLong("train"), digits.getLong("test"));
    new PrepareDataset(spark, source, data).run();
    console.note("data: " + data);
  }

  private Map<String, Object> report(Configuration hadoop, String runs, Console console) {
    ResultsTable table = ResultsTable.read(new Path(runs), hadoop);
    Path page =
        ReportPage.of(table)
            .titled("Espalier quickstart")
            .replacingOlder()
            .writeTo(new Path(output), hadoop);
    console.result(table.asText());
    console.result("report: " + readable(page));
    List<Map<String, Object>> points = new ArrayList<>();
    table.rows().forEach(point -> points.add(PointValues.of(point)));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("report", page.toString());
    values.put("runs", points);
    return values;
  }

  /** A local path without the scheme, which is what a person opens. */
  private static String readable(Path page) {
    return "file".equals(page.toUri().getScheme()) ? page.toUri().getPath() : page.toString();
  }
}
