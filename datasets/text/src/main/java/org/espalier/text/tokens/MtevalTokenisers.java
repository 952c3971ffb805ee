package org.espalier.text.tokens;

/**
 * The tokenisers of NIST's evaluation of machine translation, {@code mteval}, which sacreBLEU has
 * made the usual ones; they give what sacreBLEU 2.6.0 gives.
 */
public final class MtevalTokenisers {
  private static final Rewrites V13A =
      Rewrites.none()
          .and("<skipped>", "")
          .and("&quot;", "\"")
          .and("&amp;", "&")
          .and("&lt;", "<")
          .and("&gt;", ">")
          .and("^|$", " ")
          .and("[ -&(-+/:-@\\[-`{-~]", " $0 ")
          .and("([^0-9])([.,])", "$1 $2 ")
          .and("([.,])([^0-9])", " $1 $2")
          .and("([0-9])-", "$1 - ");

  private static final Rewrites INTERNATIONAL =
      Rewrites.none()
          .and("(\\P{N})(\\p{P})", "$1 $2 ")
          .and("(\\p{P})(\\P{N})", " $1 $2")
          .and("\\p{S}", " $0 ");

  private MtevalTokenisers() {}

  /**
   * Version 13a, for Western languages: splits symbols of ASCII off, full stops and commas unless
   * they stand between digits, hyphens after digits.
   */
  public static Tokeniser version13a() {
    return line -> joined(V13A.apply(line));
  }

  /** Version 14, for any language: splits symbols off, and punctuation unless between digits. */
  public static Tokeniser international() {
    return line -> joined(INTERNATIONAL.apply(stripped(line)));
  }

  /** Blanks at the end would be no punctuation after it. */
  private static String stripped(String line) {
    int end = line.length();
    while (end > 0 && Words.isBlank(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end);
  }

  private static String joined(String line) {
    return String.join(" ", Words.of(line));
  }
}
