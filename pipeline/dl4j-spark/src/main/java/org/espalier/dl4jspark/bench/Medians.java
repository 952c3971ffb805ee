package org.espalier.dl4jspark.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Medians of measured values; the mean of the middle two where their number is even. */
public final class Medians {
  private Medians() {}

  /** The median of one figure of these measurements, at least one. */
  static <T> double of(List<T> measured, ToDoubleFunction<T> figure) {
    return of(measured.stream().mapToDouble(figure));
  }

  /** The median of these values, at least one. */
  public static double of(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalStateException("Cannot take a median: nothing was measured");
    }
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
