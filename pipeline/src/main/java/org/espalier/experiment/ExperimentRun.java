package org.espalier.experiment;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.Divergence;
import org.espalier.averaging.MaskedAveraging;
import org.espalier.averaging.RoundPlan;
import org.espalier.averaging.TrainingState;
import org.espalier.evaluation.ClusterEvaluation;
import org.espalier.results.OperatingPoint;
import org.espalier.storage.Publication;
import org.espalier.training.EvaluationReport;

/** Trains an experiment, evaluates it, and publishes its folder with one row of results. */
public final class ExperimentRun {
  private final JavaSparkContext spark;
  private final Experiment experiment;
  private final RunListener listener;

  /** A run on this cluster. */
  public ExperimentRun(JavaSparkContext spark, Experiment experiment, RunListener listener) {
    this.spark = spark;
    this.experiment = experiment;
    this.listener = listener;
  }

  /** The folder that a run publishes below {@code output}. */
  public static Path folder(String output, Experiment experiment) {
    return new Path(output, experiment.name());
  }

  /**
   * Checks, without leaving a trace, what can be known before the run starts.
   *
   * @throws org.espalier.base.Refusal if the folder exists or cannot be written, or the schedule
   *     does not fit the run
   */
  public static void check(Experiment experiment, String output, Configuration hadoop) {
    Publication.rehearse(folder(output, experiment), hadoop);
    BuiltNetwork.of(experiment);
  }

  /**
   * Does all steps and publishes {@code output/<run name>}, whole or not at all.
   *
   * <p>A run whose loss is no longer finite is published too, as diverged.
   *
   * @throws org.espalier.base.Refusal before training starts, if the folder exists or cannot be
   *     written, or the schedule does not fit the run
   */
  public RunOutcome into(String output) throws IOException {
    Instant started = Instant.now();
    BuiltNetwork network = BuiltNetwork.of(experiment);
    try (Publication publication =
            Publication.begin(folder(output, experiment), spark.hadoopConfiguration());
        PreparedImages images = new PreparedImages(spark, experiment)) {
      Row row = new Row(experiment, network, spark, started);
      RunFolder folder = new RunFolder(publication.workplace(), spark.hadoopConfiguration());
      OperatingPoint point;
      try {
        TrainingState trained = train(network, images, folder);
        listener.evaluating(experiment);
        point = row.finished(trained, evaluate(network, images, trained));
        folder.writeModel(network, trained);
      } catch (Divergence e) {
        point = row.diverged(e);
      }
      folder.writeResults(experiment, List.of(point));
      publication.commit();
      return new RunOutcome(point, publication.destination().toString());
    }
  }

  private TrainingState train(BuiltNetwork network, PreparedImages images, RunFolder folder)
      throws IOException {
    MaskedAveraging averaging =
        new MaskedAveraging(
            spark,
            experiment.name(),
            network.recipe(),
            network.vector(),
            network.tensors(),
            experiment.seed(),
            images.training(),
            new RoundPlan(
                experiment.steps(), experiment.averagingFrequency(), experiment.method()::due),
            experiment.method());
    try (RoundsFile rounds = folder.rounds()) {
      return averaging.train(
          network.initial(),
          (round, state) -> {
            rounds.add(round);
            listener.roundDone(round, experiment);
          });
    }
  }

  private EvaluationReport evaluate(
      BuiltNetwork network, PreparedImages images, TrainingState trained) {
    return new ClusterEvaluation(spark, experiment.name(), network.recipe())
        .of(trained, images.testBatches(), images.test());
  }
}
