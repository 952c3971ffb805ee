package org.espalier.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.RoundEnd;
import org.espalier.averaging.RoundSummary;
import org.espalier.averaging.TrainingState;
import org.espalier.results.RunHistory;
import org.espalier.results.RunPart;
import org.espalier.sparsity.MaskSet;

/**
 * A run while it is trained, its earlier parts included: how far it is, the rounds, the parts. Used
 * by one thread.
 */
final class RunLog {
  private final Experiment experiment;
  private final List<RunPart> earlier;
  private final RunningPart part;
  private final List<RoundRow> rounds;
  private final TrainingState start;
  private long step;
  private MaskSet masks;
  private List<String> leftOut = List.of();

  private RunLog(
      Experiment experiment,
      List<RunPart> earlier,
      RunningPart part,
      List<RoundRow> rounds,
      TrainingState start) {
    this.experiment = experiment;
    this.earlier = List.copyOf(earlier);
    this.part = part;
    this.rounds = new ArrayList<>(rounds);
    this.start = start;
    this.step = start.step();
    this.masks = start.masks();
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

  void add(RoundSummary round, RoundEnd end) {
    rounds.add(RoundRow.of(rounds.size(), round));
    leftOut = round.multiplyAdds().leavingOut();
    step = end.step();
    masks = end.masks();
  }

  /** What this part of the run begins with. */
  TrainingState start() {
    return start;
  }

  /** Number of steps that are done. */
  long step() {
    return step;
  }

  /** The newest masks. */
  MaskSet masks() {
    return masks;
  }

  /** Names of the tensors whose masked weights the products of the last round left out. */
  List<String> leftOut() {
    return leftOut;
  }

  /** The parts that were computed before, in order. */
  List<RunPart> earlier() {
    return earlier;
  }

  /** The part that is being computed. */
  RunningPart part() {
    return part;
  }

  /** All rounds that are done. */
  List<RoundRow> rounds() {
    return List.copyOf(rounds);
  }

  /** The run with its parts up to the last round. */
  RunHistory history() {
    List<RunPart> parts = new ArrayList<>(earlier);
    parts.add(part.upTo(step));
    return new RunHistory(experiment.name(), experiment.hash(), experiment.canonical(), parts);
  }

  /** What a checkpoint says of the run up to the last round, but for the vector. */
  CheckpointHead head() {
    return new CheckpointHead(history(), rounds, step, masks);
  }
}
