package org.espalier.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
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
      Row row = Row.of(experiment, network, spark, started);
      RunFolder folder = new RunFolder(publication.workplace(), spark.hadoopConfiguration());
      Latest latest = new Latest(start(network, checkpoints));
      List<OperatingPoint> points;
      try {
        train(network, images, folder, checkpoints, latest);
        listener.evaluating(experiment);
        points = new PointEvaluation(spark, network, images, row).of(latest.state);
        folder.writeModel(network, latest.state);
      } catch (Divergence e) {
        listener.warned(e.getMessage());
        points = List.of(row.diverged(e, latest.state.masks()));
      }
      folder.writeResults(experiment, points);
      publication.commit();
      checkpoints.clear();
      return new RunOutcome(points, publication.destination().toString());
    }
  }

  /** What the rounds have brought so far, also when they end in a divergence. */
  private static final class Latest {
    private TrainingState state;

    private Latest(TrainingState state) {
      this.state = state;
    }
  }

  private void train(
      BuiltNetwork network,
      PreparedImages images,
      RunFolder folder,
      Checkpoints checkpoints,
      Latest latest)
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
      latest.state =
          averaging.train(
              latest.state,
              (round, state) -> {
                latest.state = state;
                rounds.add(round);
                if (clock.isDue() && state.step() < experiment.steps()) {
                  save(state, checkpoints);
                }
                listener.roundDone(round, experiment);
              });
    }
  }

  /** A checkpoint that cannot be written is no reason to end a run. */
  private void save(TrainingState state, Checkpoints checkpoints) {
    try {
      checkpoints.save(state);
    } catch (Refusal | UncheckedIOException e) {
      listener.warned("no checkpoint of step %d: %s".formatted(state.step(), e.getMessage()));
    }
  }

  private TrainingState start(BuiltNetwork network, Checkpoints checkpoints) {
    if (checkpointing.start() == Checkpointing.Start.AFRESH) {
      return network.initial();
    }
    Optional<TrainingState> saved =
        checkpoints.newest(network.initial().vector().length(), listener::warned);
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
