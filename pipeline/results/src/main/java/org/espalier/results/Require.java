package org.espalier.results;

import java.util.Optional;

/** Preconditions of the records of this package; each names the value that is at fault. */
final class Require {
  private Require() {}

  static void text(String value, String what) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("Cannot record a result without a " + what);
    }
  }

  static void text(Optional<String> value, String what) {
    value.ifPresent(text -> text(text, what));
  }

  static void atLeast(long minimum, long value, String what) {
    if (value < minimum) {
      throw new IllegalArgumentException(
          "Cannot record " + what + " of " + value + ": it must be at least " + minimum);
    }
  }

  static void fraction(double value, String what) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "Cannot record " + what + " of " + value + ": it must be a fraction in [0, 1]");
    }
  }

  static void notNegative(double value, String what) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Cannot record " + what + " of " + value + ": it must be finite and not negative");
    }
  }

  static void keptOf(long kept, long weights, String what) {
    if (kept < 0 || kept > weights) {
      throw new IllegalArgumentException(
          "Cannot record " + kept + " kept weights of " + what + ", which has " + weights);
    }
  }
}
