package org.espalier.engine.kernel.sequence;

import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.kernel.Values;

/**
 * Softmax and cross-entropy over the scores of all tokens, which lie token by token: `[tokens,
 * positions]`. Used by one thread at a time; deterministic.
 */
public interface TokenScores {
  /**
   * The cross-entropy of smoothed labels, and its gradient in place of the scores.
   *
   * @param scores become {@code scale * (softmax - target)}, 0 where a position does not count
   * @param labels `[positions]`, token numbers, {@link
   *     org.espalier.engine.kernel.LossPasses#UNCOUNTED} where a position does not count
   * @param losses `[positions]`, overwritten by the cross-entropy of each, 0 where it does not
   *     count
   * @return the sum of the losses
   */
  double differentiate(
      Values scores, Values labels, Smoothing smoothing, double scale, Values losses);

  /**
   * What is expected at every position.
   *
   * @param scores are not changed
   * @param tokens `[positions]`, the token at each, any number where there is none
   * @param to `[2, positions]`, overwritten: the logarithm of the token's probability, 0 where
   *     there is none, and the likeliest token, of equally likely ones the first
   */
  void predict(Values scores, Values tokens, Values to);

  /** {@code to = log(softmax(scores))}, turned: `[positions, tokens]`. */
  void logProbabilities(Values scores, int positions, float[] to);
}
