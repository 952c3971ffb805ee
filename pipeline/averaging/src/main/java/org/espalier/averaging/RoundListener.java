package org.espalier.averaging;

/** Hears of every finished round, on the driver. */
@FunctionalInterface
public interface RoundListener {
  /**
   * A round is finished.
   *
   * @param round the round in figures
   * @param state what the next round starts from
   */
  void finished(RoundSummary round, TrainingState state);
}
