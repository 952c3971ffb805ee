package org.espalier.jobs.shell;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How far long work is: one line that rewrites itself on a terminal, plain lines at intervals
 * elsewhere.
 */
public final class Progress {
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);
  private static final Duration TERMINAL_INTERVAL = Duration.ofMillis(200);
  private static final String BACK_AND_CLEAR = "\r\u001b[K";

  private static final long NOT_YET = -1;

  private final String what;
  private final PrintStream out;
  private final String before;
  private final String after;
  private final Duration interval;
  private final LongSupplier nanoTime;
  private long begun = NOT_YET;
  private long start;
  private long shown;

  private Progress(
      String what,
      PrintStream out,
      String before,
      String after,
      Duration interval,
      LongSupplier nanoTime) {
    this.what = what;
    this.out = out;
    this.before = before;
    this.after = after;
    this.interval = interval;
    this.nanoTime = nanoTime;
  }

  static Progress onTerminal(String what, PrintStream out) {
    return new Progress(what, out, BACK_AND_CLEAR, "", TERMINAL_INTERVAL, System::nanoTime);
  }

  static Progress asPlainLines(String what, PrintStream out) {
    return asPlainLines(what, out, System::nanoTime);
  }

  static Progress asPlainLines(String what, PrintStream out, LongSupplier nanoTime) {
    return new Progress(what, out, "", System.lineSeparator(), PLAIN_INTERVAL, nanoTime);
  }

  /**
   * Says that {@code done} of {@code total} is done, if it is time to say something again. The time
   * left is judged by what was done since the first call, which may come late in the work.
   */
  public void at(long done, long total, String details) {
    long now = nanoTime.getAsLong();
    if (begun == NOT_YET) {
      begun = done;
      start = now;
      shown = now;
    }
    if (done == begun || now - shown < interval.toNanos()) {
      return;
    }
    shown = now;
    double left = (now - start) * 1e-9 / (done - begun) * (total - done);
    out.print(
        before
            + "%s: %d of %d (%d %%), %s, %s left"
                .formatted(what, done, total, 100 * done / total, details, time(left))
            + after);
    out.flush();
  }

  /** Ends the line. */
  public void done() {
    out.print(before);
    out.flush();
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60 ? whole + " s" : "%d min %02d s".formatted(whole / 60, whole % 60);
  }
}
