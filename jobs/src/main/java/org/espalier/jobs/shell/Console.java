package org.espalier.jobs.shell;

import java.io.PrintStream;

/**
 * What people read: results on standard output, everything else on standard error. With {@code
 * --json} standard output is left to the one line of JSON.
 */
public final class Console {
  private final PrintStream results;
  private final PrintStream notes;
  private final boolean terminal;

  Console(JobOptions options) {
    this.results = options.json() ? System.err : System.out;
    this.notes = System.err;
    this.terminal = Boolean.getBoolean("espalier.terminal");
  }

  /** A line of the outcome. */
  public void result(String line) {
    results.println(line);
    results.flush();
  }

  /** A line on the way there. */
  public void note(String line) {
    notes.println(line);
  }

  /** A progress line for work in steps. */
  public Progress progress(String what) {
    return terminal ? Progress.onTerminal(what, notes) : Progress.asPlainLines(what, notes);
  }
}
