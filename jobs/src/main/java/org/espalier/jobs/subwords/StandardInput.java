package org.espalier.jobs.subwords;

import java.io.IOException;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import org.espalier.text.lines.InvalidLineException;
import org.espalier.text.lines.LineReader;

/** The lines of standard input. */
final class StandardInput {
  private StandardInput() {}

  /** Takes the lines, one after the other. */
  @FunctionalInterface
  interface LineSink {
    /**
     * Takes a line.
     *
     * @throws IllegalArgumentException if it is not what it has to be
     */
    void accept(String line);
  }

  /**
   * Hands every line to a sink and says how many there were.
   *
   * @param verb what is done with lines, to follow "Cannot": {@code encode}
   * @param remedy what to do about a line that is refused
   * @throws Refusal if a line is not UTF-8, or the sink does not take it
   */
  static long read(String verb, String remedy, LineSink sink) throws IOException {
    try (LineReader lines = new LineReader(System.in)) {
      while (lines.next()) {
        try {
          sink.accept(lines.text());
        } catch (IllegalArgumentException e) {
          throw refusal(verb, lines.number(), Reason.of(e), remedy);
        }
      }
      return lines.number();
    } catch (InvalidLineException e) {
      throw refusal(verb, e.number(), "it " + e.reason(), "give lines of text in UTF-8");
    }
  }

  private static Refusal refusal(String verb, long line, String reason, String remedy) {
    return new Refusal(
        "Cannot %s line %d of standard input: %s; %s.".formatted(verb, line, reason, remedy));
  }
}
