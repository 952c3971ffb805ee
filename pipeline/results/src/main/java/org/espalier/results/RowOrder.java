package org.espalier.results;

import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * The order in which results are read: by network and dataset, dense first, then by method and from
 * few to many zeros. It does not depend on where the rows were found.
 */
final class RowOrder {
  static final Comparator<OperatingPoint> ROWS =
      Comparator.comparing((OperatingPoint point) -> point.setting().network())
          .thenComparing(point -> point.setting().dataset())
          .thenComparing(point -> !point.setting().sparsification().isDense())
          .thenComparing(point -> point.setting().sparsification().method())
          .thenComparingDouble(point -> orFirst(point.setting().sparsification().target()))
          .thenComparingDouble(point -> orFirst(point.setting().sparsification().threshold()))
          .thenComparingDouble(point -> point.measurement().size().sparsity())
          .thenComparingLong(point -> point.setting().training().seed())
          .thenComparing(point -> point.run().name())
          .thenComparing(point -> point.run().hash())
          .thenComparing(point -> point.provenance().execution().startedAt())
          .thenComparing(OperatingPoint::toString);

  private RowOrder() {}

  private static double orFirst(OptionalDouble value) {
    return value.orElse(Double.NEGATIVE_INFINITY);
  }
}
