package org.espalier.averaging;

import java.util.Locale;

/** Where the time of a run went, round by round added up. Used by one thread. */
public final class PhaseTotals {
  private double seconds;
  private double compute;
  private double masks;
  private long rounds;

  /** Adds a round. */
  public void add(RoundSummary round) {
    seconds += round.seconds();
    compute += round.computeSeconds();
    masks += round.maskSeconds();
    rounds++;
  }

  /** One line: shares of computing, masks, and everything that only moves data and waits. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d rounds in %.1f s: %.0f %% compute, %.0f %% masks, %.0f %% exchange and waiting",
        rounds,
        seconds,
        100 * compute / seconds,
        100 * masks / seconds,
        100 * Math.max(0, seconds - compute - masks) / seconds);
  }
}
