package org.espalier.experiment;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.TrainingState;
import org.espalier.averaging.evaluation.ClusterEvaluation;
import org.espalier.base.Refusal;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.replica.FlatVector;
import org.espalier.engine.replica.Observer;
import org.espalier.results.OperatingPoint;
import org.espalier.results.RunManifest;
import org.espalier.storage.Publication;
import org.espalier.tasks.Predictions;
import org.espalier.tasks.Task;

/**
 * Evaluates the network of a finished run again, on other data or at other thresholds. What its
 * task sums over training rows, such as a mean image, stays that of the rows it was trained on.
 *
 * @param spark the cluster
 * @param run where its network is stored
 * @param experiment the run's, as {@link StoredRun#experiment} gives it
 * @param data whose test split it is evaluated on
 */
public record StoredEvaluation(
    JavaSparkContext spark, StoredRun run, Experiment experiment, Dataset data) {

  /**
   * One row per operating point.
   *
   * @throws Refusal if the run's files are missing or damaged, or the data is of another kind
   * @throws org.espalier.averaging.Divergence if the mean loss is not finite
   */
  public List<OperatingPoint> points() {
    RunningPart part = new RunningPart(spark, Instant.now(), experiment.steps());
    BuiltNetwork network = network();
    TrainingState trained = trained(network);
    ResultRow row = new ResultRow(run.identity(), experiment, data, network, run.parts(), part);
    try (PreparedRows rows = new PreparedRows(spark, experiment, data)) {
      return new PointEvaluation(spark, network, rows, row).of(trained).points();
    }
  }

  /**
   * The predictions of every row, at each operating point.
   *
   * @throws Refusal as {@link #points}, or if rows of the task have no class
   */
  List<PointPredictions> predictions() {
    Task task = experiment.network().task();
    Observer<Predictions> observer =
        task.predictions()
            .orElseThrow(
                () ->
                    new Refusal(
                        "Cannot tell what %s makes of single rows: its task is not to give every row one class; evaluate it without --details and --against."
                            .formatted(experiment.network().name())));
    BuiltNetwork network = network();
    EvaluatedNetwork evaluated = network.estimates(trained(network));
    try (PreparedRows rows = new PreparedRows(spark, experiment, data)) {
      List<List<Predictions>> seen =
          new ClusterEvaluation(spark, evaluated.name(), evaluated.recipe(), task.judge())
              .observed(
                  observer,
                  evaluated.points().stream().map(EvaluationPoint::weights).toList(),
                  rows.testBatches(),
                  rows.test());
      List<PointPredictions> points = new ArrayList<>();
      for (int i = 0; i < seen.size(); i++) {
        points.add(new PointPredictions(evaluated.points().get(i).threshold(), seen.get(i)));
      }
      return points;
    }
  }

  private BuiltNetwork network() {
    requireSameKind();
    return BuiltNetwork.of(experiment);
  }

  private TrainingState trained(BuiltNetwork network) {
    FlatVector parameters = run.parameters();
    if (parameters.length() != network.parameters()) {
      throw new Refusal(
          "Cannot evaluate the run: it has %d parameters where its configuration asks for %d; restore its folder."
              .formatted(parameters.length(), network.parameters()));
    }
    FlatVector vector = parameters.padded(network.initial().vector().length());
    return new TrainingState(experiment.steps(), vector, run.masks());
  }

  /**
   * Publishes rows as a folder that a report reads beside the run's own.
   *
   * @return the folder's full path
   * @throws Refusal if the folder exists or cannot be written
   */
  public Path publish(List<OperatingPoint> points, Path folder) throws IOException {
    Configuration hadoop = spark.hadoopConfiguration();
    try (Publication publication = Publication.begin(folder, hadoop)) {
      RunFolder written = new RunFolder(publication.folder(), hadoop);
      written.writeResults(points);
      publication.commit(written.manifest(RunManifest.Kind.EVALUATION, run.history()));
      return publication.folder();
    }
  }

  private void requireSameKind() {
    RowKind trained = experiment.rows();
    RowKind given = experiment.rows(data);
    if (!trained.accepts(given)) {
      throw new Refusal(
          "Cannot evaluate the run on %s: it holds %s and the network takes %s; name another dataset."
              .formatted(data.root(), given, trained));
    }
  }
}
