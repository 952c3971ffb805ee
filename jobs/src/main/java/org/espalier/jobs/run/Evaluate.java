package org.espalier.jobs.run;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.espalier.base.Refusal;
import org.espalier.datasets.Dataset;
import org.espalier.experiment.EvaluationDetails;
import org.espalier.experiment.Experiment;
import org.espalier.experiment.StoredEvaluation;
import org.espalier.experiment.StoredRun;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsTable;
import org.espalier.storage.Publication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A finished run's network, judged again. */
@Command(
    name = "evaluate",
    description =
        "Evaluates the network of a finished run on the test split, at other thresholds or on other"
            + " data than the run did.",
    mixinStandardHelpOptions = true)
public final class Evaluate extends Job {
  private static final String DEFAULT_MASTER = "local[*]";

  @Option(
      names = "--run",
      paramLabel = "URI",
      required = true,
      description = "The folder of a finished run.")
  private String run;

  @Option(
      names = "--data",
      paramLabel = "URI",
      description =
          "Prepared dataset to evaluate on (default: the one that the run was trained on, which must still be there).")
  private String data;

  @Option(
      names = "--thresholds",
      paramLabel = "X,X...",
      description =
          "Limits of log alpha, for variational dropout (default: those of the run's configuration).")
  private String thresholds;

  @Option(
      names = "--output",
      paramLabel = "URI",
      description =
          "Folder to write the rows of results into, which must not exist yet; ./espalier report reads it with the run's.")
  private String output;

  @Option(
      names = "--details",
      paramLabel = "URI",
      description =
          "Folder to write what becomes of single classes and rows into, as Parquet (classes,"
              + " confusion, and with --against the rows that are lost); it must not exist yet.")
  private String details;

  @Option(
      names = "--against",
      paramLabel = "URI",
      description =
          "The folder of another finished run, such as a dense one, to tell which rows it gets right"
              + " and this one wrong, and which classes pay.")
  private String against;

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new Evaluate(), arguments);
  }

  @Override
  protected Map<String, Object> run(Console console) throws Exception {
    SparkConf settings = ClusterSettings.of("espalier evaluate", options(), DEFAULT_MASTER);
    Configuration hadoop = Cluster.hadoop(settings);
    if (details != null && details.equals(output)) {
      throw new Refusal(
          "Cannot write --output and --details into the same folder, %s: each is published as a whole; name two."
              .formatted(details));
    }
    for (String written : new String[] {output, details}) {
      if (written != null) {
        Publication.rehearse(new Path(written), hadoop);
      }
    }
    StoredRun stored = StoredRun.in(new Path(run), hadoop);
    Optional<Dataset> given = Optional.ofNullable(data).map(uri -> Dataset.open(uri, hadoop));
    Experiment experiment = stored.experiment(given, Optional.ofNullable(thresholds));
    Dataset evaluated = given.orElse(experiment.dataset());
    Optional<StoredRun> other =
        Optional.ofNullable(against).map(uri -> StoredRun.in(new Path(uri), hadoop));
    Optional<Experiment> otherExperiment =
        other.map(run -> run.experiment(Optional.of(evaluated), Optional.empty()));
    Cluster.prepareArithmetic(settings, console);
    try (Cluster cluster = Cluster.forTraining(settings)) {
      var evaluation = new StoredEvaluation(cluster.spark(), stored, experiment, evaluated);
      List<OperatingPoint> points = evaluation.points();
      console.result(ResultsTable.of(points).asText());
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("points", points.stream().map(PointValues::of).toList());
      if (output != null) {
        Path folder = evaluation.publish(points, new Path(output));
        console.result("results: " + folder);
        values.put("results", folder.toString());
      }
      if (details != null || against != null) {
        Optional<StoredEvaluation> compared =
            other.map(
                denser ->
                    new StoredEvaluation(
                        cluster.spark(), denser, otherExperiment.orElseThrow(), evaluated));
        tell(EvaluationDetails.of(evaluation, compared), hadoop, console, values);
      }
      return values;
    }
  }

  private void tell(
      EvaluationDetails found, Configuration hadoop, Console console, Map<String, Object> values)
      throws IOException {
    console.result(new DetailsText(found).text());
    values.put("classes", found.points().stream().map(new DetailsText(found)::values).toList());
    if (details != null) {
      Path folder = found.publish(new Path(details), hadoop);
      console.result("details: " + folder);
      values.put("details", folder.toString());
    }
  }
}
