package org.espalier.experiment;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.Divergence;
import org.espalier.averaging.MaskedAveraging;
import org.espalier.averaging.RoundPlan;
import org.espalier.averaging.TrainingState;
import org.espalier.base.Refusal;
import org.espalier.results.OperatingPoint;
import org.espalier.storage.Publication;

/** Trains an experiment, evaluates it, and publishes its folder with its rows of results. */
public final class ExperimentRun {
  private final JavaSparkContext spark;
  private final Experiment experiment;
  private final Checkpointing checkpointing;
  private final RunListener listener;

  /** A run on this cluster. */
  public ExperimentRun(
      JavaSparkContext spark,
      Experiment experiment,
      Checkpointing checkpointing,
      RunListener listener) {
    this.spark = spark;
    this.experiment = experiment;
    this.checkpointing = checkpointing;
    this.listener = listener;
  }

  /** The folder that a run publishes below {@code output}. */
  public static Path folder(String output, Experiment experiment) {
    return new Path(output, experiment.name());
  }

  /**
   * Checks, without leaving a trace, what can be known before the run starts.
   *
   * @throws Refusal if the folder exists or cannot be written, a checkpoint would be lost, or the
   *     schedule does not fit the run
   */
  public static void check(
      Experiment experiment, Checkpointing checkpointing, String output, Configuration hadoop) {
    Path folder = folder(output, experiment);
    Publication.rehearse(folder, hadoop);
    requireNothingLost(Checkpoints.of(folder, hadoop), checkpointing);
    BuiltNetwork.of(experiment);
  }

  /**
   * Does all steps and publishes {@code output/<run name>}, whole or not at all.
   *
   * <p>A run whose loss is no longer finite, in training or on the test split, is published too, as
   * diverged and without a model.
   *
   * @throws Refusal before training starts, if the folder exists or cannot be written, a checkpoint
   *     would be lost, or the schedule does not fit the run
   */
  public RunOutcome into(String output) throws IOException {
    Instant started = Instant.now();
    BuiltNetwork network = BuiltNetwork.of(experiment);
    Path destination = folder(output, experiment);
    Checkpoints checkpoints = Checkpoints.of(destination, spark.hadoopConfiguration());
    requireNothingLost(checkpoints, checkpointing);
    try (Publication publication = Publication.begin(destination, spark.hadoopConfiguration());
        PreparedImages images = new PreparedImages(spark, experiment)) {
      Row row = new Row(experiment, network, spark, started);
      RunFolder folder = new RunFolder(publication.workplace(), spark.hadoopConfiguration());
      List<OperatingPoint> points;
      try {
        TrainingState trained = train(network, images, folder, checkpoints);
        listener.evaluating(experiment);
        points = new PointEvaluation(spark, network, images, row).of(trained);
        folder.writeModel(network, trained);
      } catch (Divergence e) {
        points = List.of(row.diverged(e));
      }
      folder.writeResults(experiment, points);
      publication.commit();
      checkpoints.clear();
      return new RunOutcome(points, publication.destination().toString());
    }
  }

  private TrainingState train(
      BuiltNetwork network, PreparedImages images, RunFolder folder, Checkpoints checkpoints)
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
    CheckpointClock clock = new CheckpointClock(checkpointing.every());
    try (RoundsFile rounds = folder.rounds()) {
      return averaging.train(
          start(network, checkpoints),
          (round, state) -> {
            rounds.add(round);
            if (clock.isDue() && state.step() < experiment.steps()) {
              checkpoints.save(state);
            }
            listener.roundDone(round, experiment);
          });
    }
  }

  private TrainingState start(BuiltNetwork network, Checkpoints checkpoints) {
    if (checkpointing.start() == Checkpointing.Start.AFRESH) {
      return network.initial();
    }
    Optional<TrainingState> saved =
        checkpoints
            .newest(listener::warned)
            .filter(state -> state.vector().length() == network.initial().vector().length());
    saved.ifPresent(state -> listener.resumed(state.step(), experiment));
    return saved.orElse(network.initial());
  }

  private static void requireNothingLost(Checkpoints checkpoints, Checkpointing checkpointing) {
    if (checkpointing.start() == Checkpointing.Start.AFRESH) {
      checkpoints
          .newestStep()
          .ifPresent(
              step -> {
                throw new Refusal(
                    "Cannot start the run afresh: %s holds what an earlier try did up to step %d; go on from it with --resume, or remove it."
                        .formatted(checkpoints.folder(), step));
              });
    }
  }
}
