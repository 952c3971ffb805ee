package org.espalier.text.subwords;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Escaped tokens one after the other in one array, and how often each occurs. Immutable. */
final class EscapedTokens {
  /** What follows every token, and no token has. */
  static final char AFTER = '\n';

  private final char[] text;
  private final int[] tokens;
  private final int[] begins;
  private final long[] counts;

  /**
   * Escapes tokens.
   *
   * @throws ArithmeticException if they have more than 2^31 - 1 characters together
   */
  EscapedTokens(Map<String, Long> countsByToken, Alphabet alphabet) {
    String[] escaped = new String[countsByToken.size()];
    counts = new long[escaped.length];
    begins = new int[escaped.length + 1];
    int token = 0;
    for (Map.Entry<String, Long> entry : countsByToken.entrySet()) {
      escaped[token] = Escaping.escape(entry.getKey(), alphabet);
      counts[token] = entry.getValue();
      begins[token + 1] = Math.addExact(begins[token], escaped[token].length() + 1);
      token++;
    }
    text = new char[begins[escaped.length]];
    tokens = new int[text.length];
    for (token = 0; token < escaped.length; token++) {
      escaped[token].getChars(0, escaped[token].length(), text, begins[token]);
      text[begins[token + 1] - 1] = AFTER;
      Arrays.fill(tokens, begins[token], begins[token + 1], token);
    }
  }

  /** The character at a place, {@link #AFTER} behind a token. */
  char at(int place) {
    return text[place];
  }

  /** How often the token at a place occurs. */
  long count(int place) {
    return counts[tokens[place]];
  }

  /** The characters from a place on. */
  String text(int place, int length) {
    return new String(text, place, length);
  }

  /**
   * The places where subwords begin when every token is split.
   *
   * @param trie of the subwords
   * @param subwords by their numbers in the trie
   */
  int[] starts(SubwordTrie trie, List<String> subwords) {
    int[] starts = new int[text.length];
    int[] ids = new int[1024];
    char[] token = new char[ids.length];
    int found = 0;
    for (int i = 0; i < counts.length; i++) {
      int length = begins[i + 1] - begins[i] - 1;
      if (length > ids.length) {
        ids = new int[2 * length];
        token = new char[ids.length];
      }
      System.arraycopy(text, begins[i], token, 0, length);
      int count = trie.split(token, length, ids, 0);
      int place = begins[i];
      for (int id = 0; id < count; id++) {
        starts[found++] = place;
        place += subwords.get(ids[id]).length();
      }
    }
    return Arrays.copyOf(starts, found);
  }
}
