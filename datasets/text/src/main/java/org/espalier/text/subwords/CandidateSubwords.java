package org.espalier.text.subwords;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts of what subwords could be: of every string that begins where a token is split and ends
 * anywhere after it in that token, how often it occurs; from the longest to the shortest, one that
 * occurs often enough is chosen and its occurrences are taken from all that it begins with.
 *
 * <p>Occurrences of the same string lie side by side and are grouped again by each next character.
 * What a rare string begins is rare too and not looked at. So the memory is that of the tokens'
 * characters, whatever the number of different strings.
 */
final class CandidateSubwords {
  /**
   * The longest subword that is found, in UTF-16: no word is as long, and tokens of repeats are.
   */
  static final int LONGEST = 100;

  private final EscapedTokens tokens;
  private final long minimum;
  private final int[] occurrences;
  private final int[] grouped;
  private final int[] tally = new int[1 << Character.SIZE];
  private final char[] touched = new char[1 << Character.SIZE];
  private final Map<String, Long> counts = new HashMap<>();

  private CandidateSubwords(EscapedTokens tokens, int[] starts, long minimum) {
    this.tokens = tokens;
    this.minimum = minimum;
    this.occurrences = starts;
    this.grouped = new int[starts.length];
  }

  /**
   * The strings that are chosen, and every single character that occurs, with the occurrences that
   * are left to them.
   *
   * @param starts places in the tokens' text where strings begin; the array is used up
   * @param minimum occurrences of a string that is chosen, at least 1
   */
  static Map<String, Long> of(EscapedTokens tokens, int[] starts, long minimum) {
    CandidateSubwords candidates = new CandidateSubwords(tokens, starts, minimum);
    candidates.choose(0, starts.length, 0);
    return candidates.counts;
  }

  /**
   * Chooses among the strings that begin with the same {@code depth} characters, which {@code
   * occurrences[from, to)} are, and are longer.
   *
   * @return how many occurrences were taken
   */
  private long choose(int from, int to, int depth) {
    if (depth == LONGEST) {
      return 0;
    }
    group(from, to, depth);
    long taken = 0;
    int end;
    for (int begin = from; begin < to; begin = end) {
      char c = tokens.at(occurrences[begin] + depth);
      long count = tokens.count(occurrences[begin]);
      for (end = begin + 1; end < to && tokens.at(occurrences[end] + depth) == c; end++) {
        count += tokens.count(occurrences[end]);
      }
      if (c == EscapedTokens.AFTER) {
        continue;
      }
      boolean frequent = count >= minimum;
      boolean single = isSingle(occurrences[begin], depth + 1);
      boolean half = depth == 0 && Character.isHighSurrogate(c);
      long takenBelow = frequent || half ? choose(begin, end, depth + 1) : 0;
      long left = count - takenBelow;
      boolean chosen = left >= minimum && !Character.isHighSurrogate(c);
      if (chosen || single) {
        counts.put(tokens.text(occurrences[begin], depth + 1), left);
      }
      taken += chosen ? count : takenBelow;
    }
    return taken;
  }

  /** Whether a string is one character, be it one or two of UTF-16. */
  private boolean isSingle(int at, int length) {
    boolean pair = Character.isHighSurrogate(tokens.at(at));
    return length == (pair ? 2 : 1);
  }

  /** Puts occurrences side by side that go on with the same character. */
  private void group(int from, int to, int depth) {
    int different = 0;
    for (int i = from; i < to; i++) {
      char c = tokens.at(occurrences[i] + depth);
      if (tally[c]++ == 0) {
        touched[different++] = c;
      }
    }
    if (different > 1) {
      int begin = from;
      for (int i = 0; i < different; i++) {
        int size = tally[touched[i]];
        tally[touched[i]] = begin;
        begin += size;
      }
      for (int i = from; i < to; i++) {
        grouped[tally[tokens.at(occurrences[i] + depth)]++] = occurrences[i];
      }
      System.arraycopy(grouped, from, occurrences, from, to - from);
    }
    for (int i = 0; i < different; i++) {
      tally[touched[i]] = 0;
    }
  }
}
