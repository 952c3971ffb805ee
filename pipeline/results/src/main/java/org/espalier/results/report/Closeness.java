package org.espalier.results.report;

import org.espalier.base.Metric;

/**
 * How far from dense training a sparse network may be to count as good: one point of what is
 * counted to 100, and 1 % of the value otherwise.
 *
 * @param metric what they are compared by
 * @param reference the value of dense training
 */
record Closeness(Metric metric, double reference) {
  private static final double SHARE = 0.01;
  private static final double POINT = 1;

  /** The tolerance in words: {@code one point}. */
  String tolerated() {
    return switch (metric.unit()) {
      case Metric.FRACTION, Metric.POINTS -> "one point";
      default -> "1\u00a0%";
    };
  }

  /** Whether a value is better than the reference, or worse by no more than is tolerated. */
  boolean holdsFor(double value) {
    double limit =
        switch (metric.direction()) {
          case HIGHER -> reference - tolerance();
          case LOWER -> reference + tolerance();
        };
    return !metric.isBetter(limit, value);
  }

  private double tolerance() {
    return switch (metric.unit()) {
      case Metric.FRACTION -> SHARE;
      case Metric.POINTS -> POINT;
      default -> SHARE * Math.abs(reference);
    };
  }
}
