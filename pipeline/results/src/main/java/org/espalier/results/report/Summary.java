package org.espalier.results.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espalier.base.Metric;
import org.espalier.results.Figures;
import org.espalier.results.MetricText;
import org.espalier.results.OperatingPoint;
import org.espalier.results.RunIdentity;
import org.espalier.results.SeedGroup;
import org.espalier.results.Status;

/** The results in plain words. */
final class Summary {
  private Summary() {}

  /** How much there is: runs, operating points, time, and what went wrong. */
  static String of(Collection<OperatingPoint> points) {
    Map<RunIdentity, OperatingPoint> firstOfRun = new LinkedHashMap<>();
    points.forEach(point -> firstOfRun.putIfAbsent(point.run(), point));
    Collection<OperatingPoint> runs = firstOfRun.values();
    long diverged =
        runs.stream().filter(run -> run.measurement().status() == Status.DIVERGED).count();
    double seconds = runs.stream().mapToDouble(run -> run.provenance().seconds()).sum();
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
    Metric leading = study.leading();
    List<Curve.Point> sparse =
        study.curves().stream().flatMap(curve -> curve.points().stream()).toList();
    Optional<Curve.Point> best =
        sparse.stream().max(Comparator.comparing(Curve.Point::score, leading.worstFirst()));
    if (study.dense().isEmpty()) {
      return best.map(point -> "The best network is " + described(point) + ".")
          .orElse("No run finished.");
    }
    double reference = study.dense().get().score().orElseThrow().mean();
    Closeness close = new Closeness(leading, reference);
    String dense =
        "Dense training reaches %s%s. "
            .formatted(
                unbroken(MetricText.withName(leading, reference)),
                repetitions(study.dense().get()));
    Optional<Curve.Point> sparsest =
        sparse.stream()
            .filter(point -> close.holdsFor(point.score()))
            .max(
                Comparator.comparingDouble(Curve.Point::sparsity)
                    .thenComparing(Curve.Point::score, leading.worstFirst()));
    if (sparsest.isPresent()) {
      return dense
          + "The sparsest network within %s of it is %s, %s."
              .formatted(
                  close.tolerated(),
                  described(sparsest.get()),
                  distance(leading, sparsest.get().score() - reference));
    }
    return best.map(
            point ->
                dense
                    + "No sparse network is within %s of it; best is %s."
                        .formatted(close.tolerated(), described(point)))
        .orElse(dense.strip());
  }

  private static String described(Curve.Point point) {
    SeedGroup group = point.group();
    return "%s at %s sparsity: %s with %s of %s weights%s"
        .formatted(
            group.setting().sparsification().method(),
            Labels.percent(point.sparsity()),
            unbroken(MetricText.withUnit(group.leading(), point.score())),
            Figures.count(Math.round(group.keptWeights().mean())),
            Figures.count(group.points().get(0).measurement().size().weights()),
            repetitions(group));
  }

  private static String distance(Metric metric, double difference) {
    return "%s %s %s dense"
        .formatted(
            MetricText.value(metric, Math.abs(difference)),
            MetricText.differenceUnit(metric),
            difference < 0 ? "below" : "above");
  }

  private static String unbroken(String value) {
    return value.replace(' ', '\u00a0');
  }

  private static String repetitions(SeedGroup group) {
    int runs = group.finished().size();
    return runs == 1 ? "" : String.format(Locale.ROOT, " (mean of %d runs)", runs);
  }

  private static String counted(long count, String noun) {
    return Figures.count(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
