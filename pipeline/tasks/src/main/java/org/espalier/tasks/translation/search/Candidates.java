package org.espalier.tasks.translation.search;

/**
 * The best of many continuations of hypotheses, the best first; of equal ones the first that was
 * offered. Filled again at every step.
 */
final class Candidates {
  private final double[] scores;
  private final int[] parents;
  private final int[] tokens;
  private int count;

  /** Keeps so many. */
  Candidates(int most) {
    this.scores = new double[most];
    this.parents = new int[most];
    this.tokens = new int[most];
  }

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /** The logarithm of a continuation's probability. */
  double score(int place) {
    return scores[place];
  }

  int parent(int place) {
    return parents[place];
  }

  int token(int place) {
    return tokens[place];
  }

  /** Whether a continuation of this score would be kept. */
  boolean wants(double score) {
    return count < scores.length || score > scores[count - 1];
  }

  void offer(double score, int parent, int token) {
    if (!wants(score)) {
      return;
    }
    int place = count < scores.length ? count++ : count - 1;
    while (place > 0 && scores[place - 1] < score) {
      scores[place] = scores[place - 1];
      parents[place] = parents[place - 1];
      tokens[place] = tokens[place - 1];
      place--;
    }
    scores[place] = score;
    parents[place] = parent;
    tokens[place] = token;
  }
}
