package org.espalier.averaging;

import java.util.Locale;
import java.util.Optional;
import org.espalier.engine.tensor.MultiplyAdds;

/** What the rounds of a run took, in time and arithmetic, added up. Used by one thread. */
public final class PhaseTotals {
  private static final double NOTICED_SECONDS = 1;
  private static final double NOTICED_SHARE = 0.2;

  private double seconds;
  private double data;
  private double compute;
  private double gather;
  private double reduce;
  private double broadcast;
  private double masks;
  private double schedule;
  private double waiting;
  private long rounds;
  private long runAgain;
  private MultiplyAdds multiplyAdds = MultiplyAdds.NONE;

  /** Adds a round. */
  public void add(RoundSummary round) {
    seconds += round.seconds();
    data += round.phases().data();
    compute += round.phases().compute();
    gather += round.phases().gather();
    reduce += round.phases().reduce();
    broadcast += round.phases().broadcast();
    masks += round.phases().masks();
    waiting += round.phases().waiting();
    schedule += round.scheduleSeconds();
    rounds++;
    runAgain += round.runAgain();
    multiplyAdds = multiplyAdds.plus(round.multiplyAdds());
  }

  /**
   * One line: the share of each phase, which of it passed in waiting for the slowest, how often a
   * round was run again, and the arithmetic as far as it was counted.
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d rounds in %.1f s%s: %.0f %% data, %.0f %% compute, %.0f %% gather, %.0f %% reduce, %.0f %% broadcast,"
            + " %.0f %% masks, %.0f %% scheduling; %.0f %% waiting for the slowest%s",
        rounds,
        seconds,
        runAgain == 0 ? "" : ", " + runAgain + " run again",
        percent(data),
        percent(compute),
        percent(gather),
        percent(reduce),
        percent(broadcast),
        percent(masks),
        percent(schedule),
        percent(waiting),
        arithmetic());
  }

  /**
   * A sentence on what limits the run, where waiting for batches took a fifth of the time or more:
   * none before a second has passed so.
   */
  public Optional<String> shortageOfData() {
    if (data < NOTICED_SECONDS || data < NOTICED_SHARE * seconds) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Reading and decoding limits this run: %.0f %% of its time (%.1f s) passed in waiting for"
                + " batches; give executors more cores, or prepare smaller images, such as by prepare"
                + " imagenet --resize 256.",
            percent(data),
            data));
  }

  private String arithmetic() {
    long done = multiplyAdds.done();
    long leftOut = multiplyAdds.leftOut();
    if (done + leftOut == 0) {
      return "";
    }
    String told = "; " + power(done) + " multiply-adds done";
    return leftOut == 0
        ? told
        : told
            + String.format(Locale.ROOT, ", %.1f %% left out", 100.0 * leftOut / (done + leftOut));
  }

  private static String power(long count) {
    return String.format(Locale.ROOT, "%.2e", (double) count).replaceFirst("e\\+0?", "e");
  }

  private double percent(double part) {
    return seconds == 0 ? 0 : 100 * part / seconds;
  }
}
