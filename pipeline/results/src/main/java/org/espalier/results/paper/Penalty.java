package org.espalier.results.paper;

import java.util.Optional;
import org.espalier.results.Setting;

/** The weight of the penalty that a stochastic method is trained with, as its run noted it. */
final class Penalty {
  private static final String KEY = "sparsity.penalty.weight";

  private Penalty() {}

  /** The weight, absent for methods without a penalty. */
  static Optional<String> of(Setting setting) {
    return Optional.ofNullable(setting.notes().get(KEY));
  }
}
