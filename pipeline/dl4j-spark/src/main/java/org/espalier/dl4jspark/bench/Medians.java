package org.espalier.dl4jspark.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Medians of measured values. */
final class Medians {
  private Medians() {}

  /**
   * The median of one figure of these measurements; the mean of the middle two if they are even.
   */
  static <T> double of(List<T> measured, ToDoubleFunction<T> figure) {
    double[] sorted = measured.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalStateException("Cannot take a median: nothing was measured");
    }
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
