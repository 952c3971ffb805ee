package org.espalier.experiment;

import org.espalier.averaging.RoundSummary;

/** Hears how a run is going, on the driver's thread. */
public interface RunListener {
  /** A round is done. */
  void roundDone(RoundSummary round, Experiment experiment);

  /** Training is done and evaluation begins. */
  void evaluating(Experiment experiment);
}
