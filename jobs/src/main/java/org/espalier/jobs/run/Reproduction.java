package org.espalier.jobs.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.espalier.base.Refusal;
import org.espalier.experiment.Experiment;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsTable;
import org.espalier.results.paper.PaperTable;
import org.espalier.results.report.ReportPage;
import picocli.CommandLine.Option;

/**
 * A job that does a series of runs on MNIST and sets a table of the paper beside them: {@code
 * OUTPUT/NAME.csv}, {@code OUTPUT/NAME.txt}, {@code OUTPUT/report.html} and {@code OUTPUT/runs}.
 */
abstract class Reproduction extends Job {
  private static final String DEFAULT_MASTER = "local[*]";

  private final String name;
  private final String title;

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
      description = "Repetitions of every run, with the seeds 1 to N (default: ${DEFAULT-VALUE}).")
  private int seeds;

  /**
   * @param name the command, which names its files
   * @param title of the report
   * @param seeds how often a run is repeated unless the user says so
   */
  Reproduction(String name, String title, int seeds) {
    this.name = name;
    this.title = title;
    this.seeds = seeds;
  }

  /** The runs on this dataset, each with the seeds 1 to {@code seeds}. */
  abstract List<Experiment> experiments(String data, int seeds, Configuration hadoop);

  abstract PaperTable table(ResultsTable results);

  @Override
  protected final Map<String, Object> run(Console console) throws Exception {
    if (seeds < 1) {
      throw new Refusal(
          "Cannot repeat every run with %d seeds: it takes at least 1.".formatted(seeds));
    }
    SparkConf settings =
        ClusterSettings.of("espalier reproduce " + name, options(), DEFAULT_MASTER);
    Configuration hadoop = Cluster.hadoop(settings);
    List<Experiment> experiments = experiments(data, seeds, hadoop);
    ApplicationNeeds.settle(experiments, settings, console);
    List<OperatingPoint> points = new ArrayList<>();
    try (Cluster cluster = Cluster.forTraining(settings)) {
      RunSeries series =
          new RunSeries(cluster.spark(), new Path(output, "runs").toString(), console);
      for (Experiment experiment : experiments) {
        points.addAll(ResultsTable.read(series.add(experiment), hadoop).rows());
      }
    }
    return write(ResultsTable.of(points), hadoop, console);
  }

  private Map<String, Object> write(ResultsTable results, Configuration hadoop, Console console) {
    PaperTable table = table(results);
    console.result(table.asText());
    Path page =
        ReportPage.of(results).titled(title).replacingOlder().writeTo(new Path(output), hadoop);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("csv", table.writeCsv(new Path(output, name + ".csv"), hadoop).toString());
    values.put("text", table.writeText(new Path(output, name + ".txt"), hadoop).toString());
    values.put("report", page.toString());
    values.put("points", results.rows().stream().map(PointValues::of).toList());
    return values;
  }
}
