package org.espalier.experiment;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.Divergence;
import org.espalier.averaging.MaskedAveraging;
import org.espalier.averaging.RoundPlan;
import org.espalier.averaging.StretchLength;
import org.espalier.averaging.TrainingState;
import org.espalier.averaging.exchange.Failure;
import org.espalier.averaging.exchange.RunFailure;
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
   * @throws Refusal if the folder exists or cannot be written, there is no checkpoint to go on from
   *     or one would be lost, or the schedule does not fit the run
   */
  public static void check(
      Experiment experiment, Checkpointing checkpointing, String output, Configuration hadoop) {
    Path folder = folder(output, experiment);
    new RunDestination(experiment, folder, hadoop).requireFree();
    experiment.network().task().kept(experiment.dataset(), hadoop);
    BuiltNetwork network = BuiltNetwork.of(experiment);
    Resumption.of(experiment, checkpointing.start(), folder, hadoop)
        .checkpoint(network, damaged -> {}, hadoop);
  }

  /**
   * Whether an output holds the run already, finished.
   *
   * @throws Refusal if it holds another run of the same name
   */
  public static boolean isFinished(Experiment experiment, String output, Configuration hadoop) {
    return new RunDestination(experiment, folder(output, experiment), hadoop).isFinished();
  }

  /**
   * Does all steps and publishes {@code output/<run name>}.
   *
   * <p>A run whose loss is no longer finite, in training or on the test split, is published too, as
   * diverged and without a model.
   *
   * @throws Refusal before training starts, if the folder exists or cannot be written, there is no
   *     checkpoint to go on from or one would be lost, or the schedule does not fit the run
   * @throws RunFailure if executors failed in a way that another try does not mend
   */
  public RunOutcome into(String output) throws IOException {
    Instant started = Instant.now();
    Configuration hadoop = spark.hadoopConfiguration();
    BuiltNetwork network = BuiltNetwork.of(experiment);
    Path destination = folder(output, experiment);
    new RunDestination(experiment, destination, hadoop).requireFree();
    Resumption resumption = Resumption.of(experiment, checkpointing.start(), destination, hadoop);
    Map<String, byte[]> kept = experiment.network().task().kept(experiment.dataset(), hadoop);
    RunLog log = log(network, resumption.checkpoint(network, listener::warned, hadoop), started);
    Trained trained = trained(network, resumption.checkpoints(), log);
    try (Publication publication = Publication.begin(destination, hadoop)) {
      RunFolder folder = new RunFolder(publication.folder(), hadoop);
      if (trained.model().isPresent()) {
        folder.writeModel(network, trained.model().get());
      }
      folder.writeKept(kept);
      folder.writeTranslations(trained.translations());
      folder.writeRounds(log.rounds());
      folder.writeResults(experiment, trained.points());
      publication.commit(folder.manifest(log));
      resumption.checkpoints().clear();
      return new RunOutcome(trained.points(), publication.folder().toString());
    }
  }

  /** The rows of a run, and its last state unless it diverged. */
  private record Trained(
      List<OperatingPoint> points,
      List<PointTranslations> translations,
      Optional<TrainingState> model) {}

  private Trained trained(BuiltNetwork network, Checkpoints checkpoints, RunLog log) {
    ResultRow row = ResultRow.of(experiment, network, log.earlier(), log.part());
    try (PreparedRows rows = new PreparedRows(spark, experiment)) {
      TrainingState end = train(network, rows, checkpoints, log);
      listener.evaluating(experiment);
      JudgedPoints judged = new PointEvaluation(spark, network, rows, row).of(end);
      return new Trained(judged.points(), judged.translations(), Optional.of(end));
    } catch (RunFailure e) {
      throw e.failure().kind() == Failure.Kind.STATE_LOST
          ? LostState.withRemedy(e, log.step(), checkpoints, checkpointing.every())
          : e;
    } catch (Divergence e) {
      listener.warned(e.getMessage());
      return new Trained(List.of(row.diverged(e, log.masks())), List.of(), Optional.empty());
    }
  }

  private RunLog log(BuiltNetwork network, Optional<Checkpoint> saved, Instant started) {
    saved.ifPresent(checkpoint -> listener.resumed(checkpoint.state().step(), experiment));
    return saved
        .map(checkpoint -> RunLog.resumed(experiment, spark, started, checkpoint))
        .orElseGet(() -> RunLog.begun(experiment, spark, started, network.initial()));
  }

  private TrainingState train(
      BuiltNetwork network, PreparedRows rows, Checkpoints checkpoints, RunLog log) {
    StretchLength length = new StretchLength();
    MaskedAveraging averaging =
        new MaskedAveraging(
            spark,
            experiment.name(),
            network.trainers(),
            network.vector(),
            network.tensors(),
            experiment.seed(),
            rows.training(),
            plan(length),
            experiment.method(),
            network.averaged());
    return averaging.train(
        log.start(),
        new RecordedRun(
            experiment,
            log,
            length,
            new CheckpointClock(checkpointing.every()),
            new BackgroundCheckpoints(checkpoints, listener::warned),
            listener));
  }

  private RoundPlan plan(StretchLength length) {
    LongPredicate due = experiment.method()::due;
    return experiment.averagesGradients()
        ? RoundPlan.ofStretches(experiment.steps(), length, due)
        : new RoundPlan(experiment.steps(), experiment.averagingFrequency(), due);
  }
}
