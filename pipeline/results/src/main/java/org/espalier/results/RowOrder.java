package org.espalier.results;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The order in which results are read: by network and dataset, dense first, then by method and from
 * few to many zeros, the repetitions of an experiment together and by seed. It does not depend on
 * where the rows were found.
 */
final class RowOrder {
  private static final Comparator<OperatingPoint> REPETITIONS =
      Comparator.comparingLong((OperatingPoint point) -> point.setting().training().seed())
          .thenComparing(point -> point.run().name())
          .thenComparing(point -> point.run().hash())
          .thenComparing(RowOrder::startedAt)
          .thenComparing(OperatingPoint::toString);

  private static final Comparator<SeedGroup> EXPERIMENTS =
      Comparator.comparing((SeedGroup group) -> group.setting().network())
          .thenComparing(group -> group.setting().dataset())
          .thenComparing(group -> !group.setting().sparsification().isDense())
          .thenComparing(group -> group.setting().sparsification().method())
          .thenComparingDouble(group -> orFirst(group.setting().sparsification().target()))
          .thenComparingDouble(group -> orFirst(group.setting().sparsification().threshold()))
          .thenComparingDouble(group -> group.sparsity().mean())
          .thenComparing(group -> group.points().get(0), REPETITIONS);

  private RowOrder() {}

  static List<OperatingPoint> of(Collection<OperatingPoint> points) {
    List<OperatingPoint> repetitions = points.stream().sorted(REPETITIONS).toList();
    return SeedGroup.of(repetitions).stream()
        .sorted(EXPERIMENTS)
        .flatMap(group -> group.points().stream())
        .toList();
  }

  private static Instant startedAt(OperatingPoint point) {
    return point.provenance().parts().get(0).execution().startedAt();
  }

  private static double orFirst(OptionalDouble value) {
    return value.orElse(Double.NEGATIVE_INFINITY);
  }
}
