package org.espalier.results.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espalier.results.Figures;
import org.espalier.results.OperatingPoint;
import org.espalier.results.RunIdentity;
import org.espalier.results.SeedGroup;
import org.espalier.results.Status;

/** The results in plain words. */
final class Summary {
  /** How far below dense training a sparse network may be to count as good, as a fraction. */
  private static final double TOLERANCE = 0.01;

  private Summary() {}

  /** How much there is: runs, operating points, time, and what went wrong. */
  static String of(Collection<OperatingPoint> points) {
    Map<RunIdentity, OperatingPoint> firstOfRun = new LinkedHashMap<>();
    points.forEach(point -> firstOfRun.putIfAbsent(point.run(), point));
    Collection<OperatingPoint> runs = firstOfRun.values();
    long diverged =
        runs.stream().filter(run -> run.measurement().status() == Status.DIVERGED).count();
    double seconds = runs.stream().mapToDouble(run -> run.provenance().execution().seconds()).sum();
    return "%s gave %s in %s of training. %s"
        .formatted(
            counted(runs.size(), "run"),
            counted(points.size(), "operating point"),
            Figures.duration(seconds),
            diverged == 0
                ? "None diverged."
                : counted(diverged, "run") + " diverged; no mean includes a diverged run.");
  }

  /** What a study shows: the reference, and the sparsest network that is nearly as good. */
  static String of(Study study) {
    List<Curve.Point> sparse =
        study.curves().stream().flatMap(curve -> curve.points().stream()).toList();
    Optional<Curve.Point> best =
        sparse.stream().max(Comparator.comparingDouble(Curve.Point::accuracy));
    if (study.dense().isEmpty()) {
      return best.map(point -> "The most accurate network is " + described(point) + ".")
          .orElse("No run finished.");
    }
    double reference = study.dense().get().accuracy().orElseThrow().mean();
    String dense =
        "Dense training reaches %s\u00a0%%%s. "
            .formatted(Figures.accuracy(reference), repetitions(study.dense().get()));
    Optional<Curve.Point> sparsest =
        sparse.stream()
            .filter(point -> point.accuracy() >= reference - TOLERANCE)
            .max(
                Comparator.comparingDouble(Curve.Point::sparsity)
                    .thenComparingDouble(Curve.Point::accuracy));
    if (sparsest.isPresent()) {
      return dense
          + "The sparsest network within one point of it is "
          + described(sparsest.get())
          + ", "
          + distance(sparsest.get().accuracy() - reference)
          + ".";
    }
    return best.map(
            point ->
                dense
                    + "No sparse network is within one point of it; best is "
                    + described(point)
                    + ".")
        .orElse(dense.strip());
  }

  private static String described(Curve.Point point) {
    SeedGroup group = point.group();
    return "%s at %s sparsity: %s\u00a0%% with %s of %s weights%s"
        .formatted(
            group.setting().sparsification().method(),
            Labels.percent(point.sparsity()),
            Figures.accuracy(point.accuracy()),
            Figures.count(Math.round(group.keptWeights().mean())),
            Figures.count(group.points().get(0).measurement().size().weights()),
            repetitions(group));
  }

  private static String distance(double difference) {
    String points = Figures.accuracy(Math.abs(difference));
    return difference < 0 ? points + " points below dense" : points + " points above dense";
  }

  private static String repetitions(SeedGroup group) {
    int runs = group.finished().size();
    return runs == 1 ? "" : String.format(Locale.ROOT, " (mean of %d runs)", runs);
  }

  private static String counted(long count, String noun) {
    return Figures.count(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
