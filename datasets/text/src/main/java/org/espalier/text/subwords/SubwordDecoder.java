package org.espalier.text.subwords;

import java.util.ArrayList;
import java.util.List;

/** Numbers of subwords to the text that {@link SubwordEncoder} made them of. Immutable. */
public final class SubwordDecoder {
  private final Vocabulary vocabulary;

  /** A decoder by a vocabulary. */
  public SubwordDecoder(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * The text of subwords. Padding and the end of a sentence stand for no text. Any other numbers
   * than an encoder's give a text too: what is no escape is taken as it is, and an escape beyond
   * Unicode as U+3013.
   *
   * @throws IllegalArgumentException if there is no subword of a number
   */
  public String decode(int... ids) {
    StringBuilder escaped = new StringBuilder();
    for (int id : ids) {
      String subword = vocabulary.subword(id);
      if (id >= Vocabulary.RESERVED) {
        escaped.append(subword);
      }
    }
    return Tokens.join(tokens(escaped));
  }

  private static List<String> tokens(StringBuilder escaped) {
    List<String> tokens = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    int from = 0;
    while (from < escaped.length()) {
      int end = escaped.indexOf("_", from);
      int to = end < 0 ? escaped.length() : end;
      token.setLength(0);
      Escaping.unescape(escaped, from, to, token);
      if (token.length() > 0) {
        tokens.add(token.toString());
      }
      from = to + 1;
    }
    return tokens;
  }
}
