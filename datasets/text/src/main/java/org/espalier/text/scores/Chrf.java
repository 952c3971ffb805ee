package org.espalier.text.scores;

import java.util.HashMap;
import java.util.Map;
import org.espalier.text.tokens.Words;

/**
 * Adds up chrF2 of a corpus (Popovic 2016), sentence by sentence: the F score, recall counting
 * twice, of the mean precision and recall of n-grams of 1 to 6 characters, blanks left out; as
 * sacreBLEU 2.6.0 has it by default. Used by one thread.
 */
public final class Chrf {
  private static final int ORDERS = 6;
  private static final double BETA_SQUARED = 4;
  private static final double ALL = 100;

  private final long[] given = new long[ORDERS];
  private final long[] wanted = new long[ORDERS];
  private final long[] matches = new long[ORDERS];

  /** Adds a translation and what it should be. */
  public void add(String hypothesis, String reference) {
    String one = String.join("", Words.of(hypothesis));
    String other = String.join("", Words.of(reference));
    for (int n = 1; n <= ORDERS; n++) {
      add(counts(one, n), counts(other, n), n - 1);
    }
  }

  /** Where a reference is too short for n-grams, those of its translation do not count. */
  private void add(Map<String, Integer> ofGiven, Map<String, Integer> ofWanted, int order) {
    for (Map.Entry<String, Integer> entry : ofGiven.entrySet()) {
      given[order] += ofWanted.isEmpty() ? 0 : entry.getValue();
      matches[order] += Math.min(entry.getValue(), ofWanted.getOrDefault(entry.getKey(), 0));
    }
    wanted[order] += ofWanted.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Map<String, Integer> counts(String text, int n) {
    Map<String, Integer> counts = new HashMap<>();
    int characters = text.codePointCount(0, text.length());
    int from = 0;
    int to = characters < n ? 0 : text.offsetByCodePoints(0, n);
    for (int i = n; i <= characters; i++) {
      counts.merge(text.substring(from, to), 1, Integer::sum);
      from = text.offsetByCodePoints(from, 1);
      to = i == characters ? to : text.offsetByCodePoints(to, 1);
    }
    return counts;
  }

  /** The score of all sentences so far, in [0, 100]. */
  public double value() {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int n = 0; n < ORDERS; n++) {
      if (given[n] > 0 && wanted[n] > 0) {
        precision += (double) matches[n] / given[n];
        recall += (double) matches[n] / wanted[n];
        orders++;
      }
    }
    if (precision + recall == 0) {
      return 0;
    }
    return ALL
        * ((1 + BETA_SQUARED) * precision * recall)
        / ((BETA_SQUARED * precision + recall) * orders);
  }

  /** What the score depends on, in the fields of sacreBLEU's signatures. */
  public String signature() {
    return "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|like:sacrebleu-2.6.0";
  }
}
