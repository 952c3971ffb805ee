package org.espalier.text.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Words of a line: what stands between blanks. */
public final class Words {
  private Words() {}

  /**
   * The words between blanks of any script, no-break spaces and separators of lines among them: as
   * Python's {@code str.split} tells them apart.
   */
  public static List<String> of(String line) {
    return between(line, Words::isBlank);
  }

  /** The words between the six blanks of ASCII, as Perl's {@code split} does with bytes. */
  public static List<String> ofAscii(String line) {
    return between(line, c -> c == ' ' || (c >= '\t' && c <= '\r'));
  }

  static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  private static List<String> between(String line, IntPredicate blank) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= line.length(); at++) {
      if (at == line.length() || blank.test(line.charAt(at))) {
        if (at > from) {
          words.add(line.substring(from, at));
        }
        from = at + 1;
      }
    }
    return words;
  }
}
