package org.espalier.averaging;

import java.util.Locale;

/** Where the time of a run went, round by round added up. Used by one thread. */
public final class PhaseTotals {
  private double seconds;
  private double data;
  private double compute;
  private double reduce;
  private double broadcast;
  private double masks;
  private double schedule;
  private long rounds;
  private long runAgain;

  /** Adds a round. */
  public void add(RoundSummary round) {
    seconds += round.seconds();
    data += round.dataSeconds();
    compute += round.computeSeconds();
    reduce += round.reduceSeconds();
    broadcast += round.broadcastSeconds();
    masks += round.maskSeconds();
    schedule += round.scheduleSeconds();
    rounds++;
    runAgain += round.runAgain();
  }

  /** One line: the share of each phase, and how often a round was run again. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d rounds in %.1f s%s: %.0f %% data, %.0f %% compute, %.0f %% reduce, %.0f %% broadcast, %.0f %% masks,"
            + " %.0f %% scheduling",
        rounds,
        seconds,
        runAgain == 0 ? "" : ", " + runAgain + " run again",
        percent(data),
        percent(compute),
        percent(reduce),
        percent(broadcast),
        percent(masks),
        percent(schedule));
  }

  private double percent(double part) {
    return seconds == 0 ? 0 : 100 * part / seconds;
  }
}
