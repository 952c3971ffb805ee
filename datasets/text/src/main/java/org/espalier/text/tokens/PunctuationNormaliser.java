package org.espalier.text.tokens;

/**
 * Punctuation written the same way by everybody, as Moses' {@code normalize-punctuation.perl -l
 * LANGUAGE} does: quotation marks and dashes of ASCII, no blank where English has none, and the
 * full stop or comma beside a closing quotation mark where the language has it. Immutable.
 */
public final class PunctuationNormaliser {
  private static final Rewrites BLANKS =
      Rewrites.none()
          .and("\r", "")
          .and("\\(", " (")
          .and("\\)", ") ")
          .and(" +", " ")
          .and("\\) ([.!:?;,])", ")$1")
          .and("\\( ", "(")
          .and(" \\)", ")")
          .and("([0-9]) %", "$1%")
          .and(" ([:;])", "$1");

  private static final Rewrites MARKS =
      Rewrites.none()
          .and("`", "'")
          .and("''", " \" ")
          .and("[„“”]", "\"")
          .and("–", "-")
          .and("—", " - ")
          .and(" +", " ")
          .and("´", "'")
          .and("([A-Za-z])‘([A-Za-z])", "$1'$2")
          .and("([A-Za-z])’([A-Za-z])", "$1'$2")
          .and("[‘‚]", "'")
          .and("’", "\"")
          .and("''", "\"")
          .and("…", "...");

  private static final Rewrites FRENCH_MARKS =
      Rewrites.none()
          .and("\u00a0«\u00a0", " \"")
          .and("«\u00a0?", "\"")
          .and("\u00a0»\u00a0", "\" ")
          .and("\u00a0?»", "\"");

  private static final Rewrites NO_BREAK_SPACES =
      Rewrites.none()
          .and("\u00a0%", "%")
          .and("nº\u00a0", "nº ")
          .and("\u00a0(ºC|cm)", " $1")
          .and("\u00a0([:?!;])", "$1")
          .and(",\u00a0", ", ")
          .and(" +", " ");

  private static final Rewrites ENGLISH =
      Rewrites.none().and("\"([,.]+)", "$1\"").and("([0-9])\u00a0([0-9])", "$1.$2");

  private static final Rewrites GERMAN =
      Rewrites.none()
          .and(",\"", "\",")
          .and("(\\.+)\"(\\s*[^<])", "\"$1$2")
          .and("([0-9])\u00a0([0-9])", "$1,$2");

  private static final Rewrites ALL = BLANKS.and(MARKS).and(FRENCH_MARKS).and(NO_BREAK_SPACES);

  private final Rewrites rewrites;

  /** The normaliser of a language. */
  public PunctuationNormaliser(Language language) {
    this.rewrites =
        ALL.and(
            switch (language) {
              case ENGLISH -> ENGLISH;
              case GERMAN -> GERMAN;
            });
  }

  /** A line, without its end, normalised. */
  public String normalise(String line) {
    String ended = rewrites.apply(line + "\n"); // What stands before the end counts.
    return ended.substring(0, ended.length() - 1);
  }
}
