package org.espalier.experiment;

import org.espalier.averaging.RoundSummary;

/** Hears how a run is going, on the driver's thread. */
public interface RunListener {
  /** The run goes on after {@code step} steps that an earlier try did. */
  void resumed(long step, Experiment experiment);

  /** Something that a person should know and that does not stop the run. */
  void warned(String sentence);

  /** A round is done. */
  void roundDone(RoundSummary round, Experiment experiment);

  /** Training is done and evaluation begins. */
  void evaluating(Experiment experiment);
}
