package org.espalier.kernel;

/** Checks of probabilities. */
final class Rates {
  private Rates() {}

  static void require(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "Cannot drop values at a rate of %s: it must be at least 0 and below 1.".formatted(rate));
    }
  }
}
