package org.espalier.text.scores;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * BLEU of a corpus (Papineni et al. 2002): the geometric mean of the precisions of n-grams of 1 to
 * 4 words, times a penalty where translations are shorter than their references. Immutable.
 */
public final class BleuScore {
  /** The longest n-grams that count. */
  static final int ORDERS = 4;

  private static final double ALL = 100;

  private final long[] matches;
  private final long[] totals;
  private final long hypothesisWords;
  private final long referenceWords;
  private final double[] precisions;

  BleuScore(
      long[] matches,
      long[] totals,
      long hypothesisWords,
      long referenceWords,
      Smoothing smoothing) {
    this.matches = matches.clone();
    this.totals = totals.clone();
    this.hypothesisWords = hypothesisWords;
    this.referenceWords = referenceWords;
    this.precisions = precisions(smoothing);
  }

  private double[] precisions(Smoothing smoothing) {
    double[] ofOrders = new double[ORDERS];
    if (Arrays.stream(matches).allMatch(match -> match == 0)) {
      return ofOrders;
    }
    double share = 1;
    for (int n = 0; n < ORDERS && totals[n] > 0; n++) {
      if (matches[n] > 0) {
        ofOrders[n] = ALL * matches[n] / totals[n];
      } else if (smoothing == Smoothing.EXP) {
        share /= 2;
        ofOrders[n] = ALL * share / totals[n];
      }
    }
    return ofOrders;
  }

  /** The score in [0, 100]; 0 if no word is right or no n-gram of some order exists. */
  public double value() {
    double logarithms = Arrays.stream(precisions).map(Math::log).sum();
    return brevityPenalty() * Math.exp(logarithms / ORDERS);
  }

  /** The factor in [0, 1] for translations that are shorter than their references. */
  public double brevityPenalty() {
    if (hypothesisWords >= referenceWords) {
      return 1;
    }
    return hypothesisWords == 0 ? 0 : Math.exp(1 - (double) referenceWords / hypothesisWords);
  }

  /** The line that {@code multi-bleu.perl} prints. */
  @Override
  public String toString() {
    String ofOrders =
        IntStream.range(0, ORDERS)
            .mapToObj(n -> String.format(Locale.ROOT, "%.1f", precisions[n]))
            .collect(Collectors.joining("/"));
    return String.format(
        Locale.ROOT,
        "BLEU = %.2f, %s (BP=%.3f, ratio=%.3f, hyp_len=%d, ref_len=%d)",
        value(),
        ofOrders,
        brevityPenalty(),
        referenceWords == 0 ? 0 : (double) hypothesisWords / referenceWords,
        hypothesisWords,
        referenceWords);
  }
}
