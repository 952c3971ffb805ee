package org.espalier.results.report;

import org.espalier.results.Figures;
import org.espalier.results.SeedGroup;
import org.espalier.results.Sparsification;

/** What an experiment is called where there is little room. */
final class Labels {
  private static final int HASH_DIGITS = 8;

  private Labels() {}

  /** Its place on the method's curve: target, threshold, or else the measured sparsity. */
  static String point(SeedGroup group) {
    Sparsification how = group.setting().sparsification();
    if (how.threshold().isPresent()) {
      return "threshold " + how.threshold().getAsDouble();
    }
    return percent(how.target().orElse(group.sparsity().mean()));
  }

  /** The beginning of a hash, enough to tell the few that a page holds apart. */
  static String hash(String hash) {
    return hash.substring(0, Math.min(HASH_DIGITS, hash.length()));
  }

  static String percent(double sparsity) {
    return Figures.sparsity(sparsity) + "\u00a0%";
  }
}
