package org.espalier.engine.kernel.sequence;

import org.espalier.engine.kernel.LossPasses;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.kernel.Values;

/** {@link TokenScores} as the formulas read, one position at a time. */
final class ReferenceTokenScores implements TokenScores {
  @Override
  public double differentiate(
      Values scores, Values labels, Smoothing smoothing, double scale, Values losses) {
    int positions = labels.length();
    int tokens = scores.rows(positions);
    double low = smoothing.low(tokens);
    double high = smoothing.high(tokens);
    double sum = 0;
    for (int t = 0; t < positions; t++) {
      boolean counted = LossPasses.isCounted(labels.get(t));
      int gold = counted ? LossPasses.requireClass(labels.get(t), tokens) : -1;
      double norm = logNorm(scores, positions, t);
      double loss = 0;
      for (int v = 0; v < tokens; v++) {
        int i = v * positions + t;
        double target = v == gold ? high : low;
        double log = scores.get(i) - norm;
        loss -= target * log;
        scores.set(i, counted ? scale * (Math.exp(log) - target) : 0);
      }
      losses.set(t, counted ? loss : 0);
      sum += losses.get(t);
    }
    return sum;
  }

  private static double logNorm(Values scores, int positions, int position) {
    int tokens = scores.rows(positions);
    double highest = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < tokens; v++) {
      highest = Math.max(highest, scores.get(v * positions + position));
    }
    double sum = 0;
    for (int v = 0; v < tokens; v++) {
      sum += Math.exp(scores.get(v * positions + position) - highest);
    }
    return highest + Math.log(sum);
  }

  @Override
  public void predict(Values scores, Values tokens, Values to) {
    int positions = tokens.length();
    int count = scores.rows(positions);
    for (int t = 0; t < positions; t++) {
      int best = 0;
      for (int v = 1; v < count; v++) {
        if (scores.get(v * positions + t) > scores.get(best * positions + t)) {
          best = v;
        }
      }
      int token = (int) tokens.get(t);
      boolean known = token >= 0 && token < count;
      double log = known ? scores.get(token * positions + t) - logNorm(scores, positions, t) : 0;
      to.set(t, log);
      to.set(positions + t, best);
    }
  }

  @Override
  public void logProbabilities(Values scores, int positions, float[] to) {
    int tokens = scores.rows(positions);
    for (int t = 0; t < positions; t++) {
      double norm = logNorm(scores, positions, t);
      for (int v = 0; v < tokens; v++) {
        to[t * tokens + v] = (float) (scores.get(v * positions + t) - norm);
      }
    }
  }
}
