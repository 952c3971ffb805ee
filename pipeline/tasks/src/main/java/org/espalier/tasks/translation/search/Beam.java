package org.espalier.tasks.translation.search;

import java.io.Serializable;
import org.espalier.base.Refusal;

/**
 * How translations are searched for: as Wu et al. (2016) and tensor2tensor do.
 *
 * @param width hypotheses of a sentence that are kept from token to token; with 1 the likeliest
 *     token is taken every time, until it is the end
 * @param lengthPenalty the power a in {@code ((5 + length) / 6)^a}, by which the logarithm of a
 *     translation's probability is divided, its end counted as a token; 0 for none
 * @param extra tokens that a translation may have beyond those of its source, its end included
 */
public record Beam(int width, double lengthPenalty, int extra) implements Serializable {
  /** What the paper decodes with: 4 hypotheses, a penalty of 0.6, 100 tokens more. */
  public static final Beam PAPER = new Beam(4, 0.6, 100);

  /** The widest beam. */
  public static final int WIDEST = 1024;

  private static final double SHIFT = 5;
  private static final long serialVersionUID = 1L;

  /**
   * @throws Refusal if there are no hypotheses or too many, or the penalty is less than 0 or no
   *     number, or a translation could not be as long as its source
   */
  public Beam {
    if (width < 1 || width > WIDEST) {
      throw new Refusal(
          "Cannot search with a beam of %d: it must be from 1 to %d.".formatted(width, WIDEST));
    }
    if (!(lengthPenalty >= 0 && lengthPenalty < Double.POSITIVE_INFINITY)) {
      throw new Refusal(
          "Cannot search with a length penalty of %s: it must be a number of at least 0."
              .formatted(lengthPenalty));
    }
    if (extra < 0) {
      throw new Refusal(
          "Cannot search with %d more tokens than the source has: it must be at least 0."
              .formatted(extra));
    }
  }

  /** The most tokens of a translation, its end included. */
  int longest(int source) {
    return Math.max(1, Math.addExact(source, extra));
  }

  /** What the logarithm of the probability of so many tokens is divided by. */
  double penalty(int length) {
    return Math.pow((SHIFT + length) / (SHIFT + 1), lengthPenalty);
  }

  /** For example {@code beam 4, length penalty 0.6}. */
  @Override
  public String toString() {
    return "beam %d, length penalty %s".formatted(width, lengthPenalty);
  }
}
