package org.espalier.engine.decoding;

import java.util.List;

/**
 * The scores of the token that comes next in each of several hypotheses of a translation, by a
 * trained network, step by step: what a step computed is kept for those after it. Used by one
 * thread at a time. Deterministic: scores of a sentence do not depend on what is decoded beside it
 * in more than float32's rounding.
 */
public interface NextTokens extends AutoCloseable {
  /** Number of tokens that are scored. */
  int tokens();

  /**
   * Begins with other sentences; every one has as many hypotheses, all of them empty. Hypothesis
   * {@code h} of sentence {@code s} has the number {@code s * hypotheses + h} in {@link #next}.
   *
   * @param sources the tokens of each sentence to be translated, at least 1
   * @param hypotheses of a sentence, at least 1
   */
  void begin(List<int[]> sources, int hypotheses);

  /**
   * Makes every hypothesis one token longer, then scores what comes next. The first call of a
   * translation appends nothing.
   *
   * @param parents for each hypothesis the number of the one, of the same sentence, that it
   *     continues; {@code null} in the first call
   * @param appended for each hypothesis the token that it appends to its parent; {@code null} in
   *     the first call
   * @param logProbabilities is overwritten: `[sentences * hypotheses, tokens]`, natural logarithms
   */
  void next(int[] parents, int[] appended, float[] logProbabilities);

  @Override
  void close();
}
