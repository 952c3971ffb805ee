package org.espalier.text.tokens;

/**
 * Punctuation and digits of full width, as East Asian texts have them, and quotation marks written
 * in ASCII, as Moses' {@code replace-unicode-punctuation.perl} does.
 */
public final class UnicodePunctuation {
  private static final String WIDE = "，、”“∶：？《）！（；」「～’━〈〉【】％";
  private static final String ASCII = ",,\"\"::?\")!(;\"\"~'-<>[]%";
  private static final char WIDE_ZERO = '０';
  private static final char WIDE_NINE = '９';

  private static final Rewrites LONGER = Rewrites.none().and("[。．] *", ". ").and("…", "...");

  private UnicodePunctuation() {}

  /** The line without such characters. */
  public static String replace(String line) {
    StringBuilder replaced = new StringBuilder(line);
    for (int i = 0; i < replaced.length(); i++) {
      replaced.setCharAt(i, ascii(replaced.charAt(i)));
    }
    return LONGER.apply(replaced.toString());
  }

  private static char ascii(char wide) {
    if (wide >= WIDE_ZERO && wide <= WIDE_NINE) {
      return (char) ('0' + wide - WIDE_ZERO);
    }
    int place = WIDE.indexOf(wide);
    return place < 0 ? wide : ASCII.charAt(place);
  }
}
