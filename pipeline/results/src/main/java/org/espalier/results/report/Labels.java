package org.espalier.results.report;

import org.espalier.results.Figures;
import org.espalier.results.SeedGroup;
import org.espalier.results.Sparsification;

/** What an experiment is called where there is little room. */
final class Labels {
  private Labels() {}

  /** Its place on the method's curve: target, threshold, or else the measured sparsity. */
  static String point(SeedGroup group) {
    Sparsification how = group.setting().sparsification();
    if (how.threshold().isPresent()) {
      return "threshold " + how.threshold().getAsDouble();
    }
    return percent(how.target().orElse(group.sparsity().mean()));
  }

  static String percent(double sparsity) {
    return Figures.sparsity(sparsity) + "\u00a0%";
  }
}
