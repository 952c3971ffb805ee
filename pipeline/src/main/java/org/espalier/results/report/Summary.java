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
    List<SeedGroup> sparse = study.sparse().values().stream().flatMap(List::stream).toList();
    Optional<SeedGroup> best = sparse.stream().max(Comparator.comparingDouble(Study::accuracy));
    if (study.dense().isEmpty()) {
      return best.map(point -> "The most accurate network is " + described(point) + ".")
          .orElse("No run finished.");
    }
    double reference = Study.accuracy(study.dense().get());
    String dense =
        "Dense training reaches %s\u00a0%%%s. "
            .formatted(Figures.accuracy(reference), repetitions(study.dense().get()));
    Optional<SeedGroup> sparsest =
        sparse.stream()
            .filter(point -> Study.accuracy(point) >= reference - TOLERANCE)
            .max(Comparator.comparingDouble(Study::sparsity).thenComparingDouble(Study::accuracy));
    if (sparsest.isPresent()) {
      return dense
          + "The sparsest network within one point of it is "
          + described(sparsest.get())
          + ", "
          + distance(Study.accuracy(sparsest.get()) - reference)
          + ".";
    }
    return best.map(
            point ->
                dense
                    + "No sparse network is within one point of it; best is "
                    + described(point)
                    + ".")
        .orElse(dense);
  }

  private static String described(SeedGroup point) {
    return "%s at %s sparsity: %s\u00a0%% with %s of %s weights%s"
        .formatted(
            point.setting().sparsification().method(),
            Labels.percent(Study.sparsity(point)),
            Figures.accuracy(Study.accuracy(point)),
            Figures.count(Math.round(point.keptWeights().mean())),
            Figures.count(point.points().get(0).measurement().size().weights()),
            repetitions(point));
  }

  private static String distance(double difference) {
    String points = Figures.accuracy(Math.abs(difference));
    return difference < 0 ? points + " points below dense" : points + " points above dense";
  }

  private static String repetitions(SeedGroup point) {
    int runs = point.finished().size();
    return runs == 1 ? "" : String.format(Locale.ROOT, " (mean of %d runs)", runs);
  }

  private static String counted(long count, String noun) {
    return Figures.count(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
