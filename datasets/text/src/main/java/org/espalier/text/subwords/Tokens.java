package org.espalier.text.subwords;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a text, from which the text can be put together again: runs of letters and numbers,
 * and runs of all other characters between them. A single space between two runs of letters and
 * numbers is left out, since their being neighbours says it.
 */
public final class Tokens {
  private Tokens() {}

  /** The tokens of a text, in its order; none of an empty one. */
  public static List<String> of(String text) {
    List<String> tokens = new ArrayList<>();
    TokenCursor cursor = new TokenCursor();
    cursor.reset(text);
    while (cursor.next()) {
      tokens.add(cursor.token());
    }
    return tokens;
  }

  /** The text of tokens, none of which is empty. */
  public static String join(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    boolean before = false;
    for (String token : tokens) {
      boolean alphanumeric = Alphanumeric.is(token.codePointAt(0));
      if (before && alphanumeric) {
        text.append(' ');
      }
      text.append(token);
      before = alphanumeric;
    }
    return text.toString();
  }
}
