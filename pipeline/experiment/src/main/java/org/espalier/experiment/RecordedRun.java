package org.espalier.experiment;

import org.espalier.averaging.RoundEnd;
import org.espalier.averaging.RoundListener;
import org.espalier.averaging.RoundSummary;
import org.espalier.averaging.StretchLength;

/**
 * Records the rounds of a run while it is trained, in its log and, as often as asked for, in
 * checkpoints. Used by one thread.
 *
 * @param experiment the run
 * @param log what is known of it
 * @param length of its stretches
 * @param clock when a checkpoint is due
 * @param checkpoints where it is written
 * @param listener hears of every round
 */
record RecordedRun(
    Experiment experiment,
    RunLog log,
    StretchLength length,
    CheckpointClock clock,
    BackgroundCheckpoints checkpoints,
    RunListener listener)
    implements RoundListener {
  @Override
  public void finished(RoundSummary round, RoundEnd end) {
    length.note(round);
    log.add(round, end);
    checkpoints.tell();
    if (clock.isDue() && end.step() < experiment.steps()) {
      checkpoints.begin(log.head(), end.held());
    }
    listener.roundDone(round, experiment);
  }

  @Override
  public void ending() {
    checkpoints.close();
  }
}
