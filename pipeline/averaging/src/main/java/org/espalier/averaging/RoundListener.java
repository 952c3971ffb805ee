package org.espalier.averaging;

/** Hears of every finished round, on the driver. */
@FunctionalInterface
public interface RoundListener {
  /**
   * A round is finished.
   *
   * @param round the round in figures
   * @param end what the next round starts from
   */
  void finished(RoundSummary round, RoundEnd end);

  /**
   * The training ends, be it for a failure. What was held of its rounds is good until this returns.
   */
  default void ending() {}
}
