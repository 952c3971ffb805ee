package org.espalier.tasks.translation.search;

import java.util.Arrays;

/**
 * The hypotheses of one sentence: those that go on, of equal length, and the best that is finished.
 * Unfinished ones are dropped as soon as none of them can become better than a finished one, that
 * is when their probability over the length penalty of the longest translation is lower.
 */
final class SentenceBeam {
  private static final int PADDING = 0;
  private static final int END = 1;

  private final Beam beam;
  private final int longest;
  private final Candidates candidates;
  private final double[] scores; // Logarithms of the probabilities of those that go on.
  private final int[] parents;
  private final int[] appended;
  private int[][] going;
  private int[][] next;
  private int count = 1;
  private int length;
  private Hypothesis best;

  SentenceBeam(Beam beam, int source) {
    this.beam = beam;
    this.longest = beam.longest(source);
    // Each hypothesis may end, which must leave as many that do not; greedy search ends with it.
    this.candidates = new Candidates(beam.width() == 1 ? 1 : 2 * beam.width());
    this.scores = new double[beam.width()];
    this.parents = new int[beam.width()];
    this.appended = new int[beam.width()];
    this.going = new int[beam.width()][longest];
    this.next = new int[beam.width()][longest];
  }

  /** Whether the translation is found. */
  boolean isDone() {
    return count == 0;
  }

  /** The parent of a hypothesis among those of the step before; 0 where there is none. */
  int parent(int hypothesis) {
    return hypothesis < count ? parents[hypothesis] : 0;
  }

  /** The token that a hypothesis appends; the end where there is none. */
  int appended(int hypothesis) {
    return hypothesis < count ? appended[hypothesis] : END;
  }

  /**
   * Takes a step.
   *
   * @param logProbabilities of the next token, of each hypothesis in turn
   * @param at where those of the first hypothesis begin
   * @param tokens that are scored
   */
  void advance(float[] logProbabilities, int at, int tokens) {
    candidates.clear();
    for (int h = 0; h < count; h++) {
      offer(h, logProbabilities, at + h * tokens, tokens);
    }
    length++;
    int kept = 0;
    for (int place = 0; place < candidates.count(); place++) {
      if (candidates.token(place) == END) {
        finish(candidates.parent(place), candidates.score(place));
      } else if (kept < beam.width()) {
        goOn(kept++, place);
      }
    }
    swap(kept);
    if (count > 0 && length == longest) {
      stopUnfinished();
    } else if (count > 0 && best != null && best.score() > scores[0] / beam.penalty(longest)) {
      count = 0;
    }
  }

  private void offer(int hypothesis, float[] logProbabilities, int at, int tokens) {
    double score = scores[hypothesis];
    for (int token = 0; token < tokens; token++) {
      float more = logProbabilities[at + token];
      if (Float.isNaN(more)) {
        throw new ArithmeticException(
            "the network's score of token %d after %d others is no number"
                .formatted(token, length));
      }
      boolean possible = token == END ? more > Float.NEGATIVE_INFINITY : token != PADDING;
      if (possible && candidates.wants(score + more)) {
        candidates.offer(score + more, hypothesis, token);
      }
    }
  }

  private void goOn(int hypothesis, int place) {
    int parent = candidates.parent(place);
    System.arraycopy(going[parent], 0, next[hypothesis], 0, length - 1);
    next[hypothesis][length - 1] = candidates.token(place);
    parents[hypothesis] = parent;
    appended[hypothesis] = candidates.token(place);
    scores[hypothesis] = candidates.score(place);
  }

  private void swap(int hypotheses) {
    int[][] before = going;
    going = next;
    next = before;
    count = hypotheses;
  }

  private void finish(int parent, double score) {
    double penalised = score / beam.penalty(length);
    if (best == null || penalised > best.score()) {
      best = new Hypothesis(Arrays.copyOf(going[parent], length - 1), penalised);
    }
  }

  /** Where nothing has ended in time, the likeliest hypothesis is the translation. */
  private void stopUnfinished() {
    if (best == null) {
      best = new Hypothesis(going[0].clone(), scores[0] / beam.penalty(length));
    }
    count = 0;
  }

  /** The translation, once it is found. */
  Hypothesis best() {
    return best;
  }
}
