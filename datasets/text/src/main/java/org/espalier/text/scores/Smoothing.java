package org.espalier.text.scores;

import java.util.Locale;

/** What the precision of n-grams counts as if none of them is in the reference. */
public enum Smoothing {
  /** 0, which makes BLEU 0. */
  NONE,
  /** Half of one match, a quarter for the second such order, and so on (Chen and Cherry 2014). */
  EXP;

  /** As signatures name it: {@code none} or {@code exp}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
