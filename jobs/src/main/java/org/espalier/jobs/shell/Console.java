package org.espalier.jobs.shell;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What people read: results on standard output, everything else on standard error. With {@code
 * --json} standard output is left to the one line of JSON.
 */
public final class Console {
  private static final int BUFFER = 1 << 16;

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

  /**
   * An outcome of many lines, which are put out at once when it is closed or its buffer is full; in
   * UTF-8, whatever the locale.
   */
  public PrintStream text() {
    FilterOutputStream kept =
        new FilterOutputStream(results) {
          @Override
          public void write(byte[] bytes, int from, int length) {
            results.write(bytes, from, length);
          }

          @Override
          public void close() {
            results.flush();
          }
        };
    return new PrintStream(new BufferedOutputStream(kept, BUFFER), false, StandardCharsets.UTF_8);
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
