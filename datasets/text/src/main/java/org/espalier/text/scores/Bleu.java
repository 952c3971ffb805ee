package org.espalier.text.scores;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what {@link BleuScore} needs, sentence by sentence. Used by one thread. */
public final class Bleu {
  private final Tokenisation tokenisation;
  private final long[] matches = new long[BleuScore.ORDERS];
  private final long[] totals = new long[BleuScore.ORDERS];
  private long hypothesisWords;
  private long referenceWords;

  /** Counts words in one way. */
  public Bleu(Tokenisation tokenisation) {
    this.tokenisation = tokenisation;
  }

  /** Adds a translation and what it should be. */
  public void add(String hypothesis, String reference) {
    List<String> given = tokenisation.hypothesisWords(hypothesis);
    List<String> wanted = tokenisation.referenceWords(reference);
    hypothesisWords += given.size();
    referenceWords += wanted.size();
    for (int n = 1; n <= BleuScore.ORDERS; n++) {
      totals[n - 1] += Math.max(0, given.size() - n + 1);
      matches[n - 1] += matches(counts(given, n), counts(wanted, n));
    }
  }

  private static long matches(Map<List<String>, Integer> given, Map<List<String>, Integer> wanted) {
    long sum = 0;
    for (Map.Entry<List<String>, Integer> entry : given.entrySet()) {
      sum += Math.min(entry.getValue(), wanted.getOrDefault(entry.getKey(), 0));
    }
    return sum;
  }

  private static Map<List<String>, Integer> counts(List<String> words, int n) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= words.size(); i++) {
      counts.merge(words.subList(i, i + n), 1, Integer::sum);
    }
    return counts;
  }

  /** The score of all sentences so far. */
  public BleuScore score() {
    return new BleuScore(
        matches, totals, hypothesisWords, referenceWords, tokenisation.smoothing());
  }

  /** What the score depends on, in the fields of sacreBLEU's signatures. */
  public String signature() {
    boolean sacre = tokenisation.smoothing() == Smoothing.EXP;
    return "nrefs:1|case:mixed|eff:no|tok:%s|smooth:%s|like:%s"
        .formatted(
            tokenisation, tokenisation.smoothing(), sacre ? "sacrebleu-2.6.0" : "multi-bleu.perl");
  }
}
