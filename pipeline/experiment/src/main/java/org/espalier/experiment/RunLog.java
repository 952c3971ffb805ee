package org.espalier.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.RoundSummary;
import org.espalier.averaging.TrainingState;
import org.espalier.results.RunHistory;
import org.espalier.results.RunPart;

/**
 * A run while it is trained, its earlier parts included: the newest state, the rounds, the parts.
 * Used by one thread.
 */
final class RunLog {
  private final Experiment experiment;
  private final List<RunPart> earlier;
  private final RunningPart part;
  private final List<RoundRow> rounds;
  private TrainingState state;

  private RunLog(
      Experiment experiment,
      List<RunPart> earlier,
      RunningPart part,
      List<RoundRow> rounds,
      TrainingState state) {
    this.experiment = experiment;
    this.earlier = List.copyOf(earlier);
    this.part = part;
    this.rounds = new ArrayList<>(rounds);
    this.state = state;
  }

  /** The log of a run that begins at step 0. */
  static RunLog begun(
      Experiment experiment, JavaSparkContext spark, Instant started, TrainingState initial) {
    RunningPart part = new RunningPart(spark, started, initial.step());
    return new RunLog(experiment, List.of(), part, List.of(), initial);
  }

  /** The log of a run that goes on from a checkpoint. */
  static RunLog resumed(
      Experiment experiment, JavaSparkContext spark, Instant started, Checkpoint from) {
    RunningPart part = new RunningPart(spark, started, from.state().step());
    return new RunLog(experiment, from.run().parts(), part, from.rounds(), from.state());
  }

  void add(RoundSummary round, TrainingState after) {
    rounds.add(RoundRow.of(rounds.size(), round));
    state = after;
  }

  /** The newest state. */
  TrainingState state() {
    return state;
  }

  /** The parts that were computed before, in order. */
  List<RunPart> earlier() {
    return earlier;
  }

  /** The part that is being computed. */
  RunningPart part() {
    return part;
  }

  /** All rounds up to the newest state. */
  List<RoundRow> rounds() {
    return List.copyOf(rounds);
  }

  /** The run with its parts up to the newest state. */
  RunHistory history() {
    List<RunPart> parts = new ArrayList<>(earlier);
    parts.add(part.upTo(state.step()));
    return new RunHistory(experiment.name(), experiment.hash(), experiment.canonical(), parts);
  }

  Checkpoint checkpoint() {
    return new Checkpoint(history(), rounds, state);
  }
}
