package org.espalier.results;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluations of finished runs that give an operating point again, one that the run itself or an
 * earlier evaluation has given. They are no further repetitions of the experiment.
 */
final class RepeatedEvaluations {
  private static final Comparator<OperatingPoint> FIRST_GIVEN =
      Comparator.comparing(
              (OperatingPoint point) ->
                  point
                      .provenance()
                      .evaluation()
                      .map(part -> part.execution().startedAt().toEpochMilli())
                      .orElse(Long.MIN_VALUE))
          .thenComparing(OperatingPoint::toString);

  /** One network under one set of masks, judged on one dataset. */
  private record Judged(RunIdentity run, Setting setting, String dataHash) {
    static Judged of(OperatingPoint point) {
      return new Judged(point.run(), point.setting(), point.provenance().dataHash());
    }
  }

  private RepeatedEvaluations() {}

  /** The points without those evaluations. */
  static List<OperatingPoint> leftOutOf(Collection<OperatingPoint> points) {
    Map<Judged, OperatingPoint> first = new LinkedHashMap<>();
    points.stream()
        .sorted(FIRST_GIVEN)
        .forEach(point -> first.putIfAbsent(Judged.of(point), point));
    return points.stream()
        .filter(
            point ->
                point.provenance().evaluation().isEmpty()
                    || first.get(Judged.of(point)).equals(point))
        .toList();
  }
}
