package org.espalier.jobs.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.experiment.EvaluationDetails;
import org.espalier.experiment.PointDetails;
import org.espalier.experiment.PointDetails.Compared;
import org.espalier.results.Figures;

/** The classes of an evaluation as lines: those that lose most first, or else the worst. */
record DetailsText(EvaluationDetails details) {
  private static final int MOST = 20;

  String text() {
    return String.join(
        System.lineSeparator(),
        details.points().stream().flatMap(point -> lines(point).stream()).toList());
  }

  private List<String> lines(PointDetails point) {
    List<String> lines = new ArrayList<>();
    point.threshold().ifPresent(threshold -> lines.add("threshold " + threshold));
    Optional<Compared> compared = point.compared();
    compared.ifPresent(
        with ->
            lines.add(
                "%s rows are lost against the other run and %s gained"
                    .formatted(Figures.count(with.lost().size()), Figures.count(with.gained()))));
    order(point).stream().limit(MOST).forEach(number -> lines.add(line(point, number)));
    int left = point.matrix().classes() - MOST;
    if (left > 0) {
      lines.add("  and %s more classes".formatted(Figures.count(left)));
    }
    return lines;
  }

  private static List<Integer> order(PointDetails point) {
    Comparator<Integer> mostLost =
        Comparator.comparingLong(
            number -> -point.compared().map(with -> with.lost(number)).orElse(0L));
    Comparator<Integer> leastRight = Comparator.comparingDouble(number -> accuracy(point, number));
    return IntStream.range(0, point.matrix().classes())
        .boxed()
        .sorted(mostLost.thenComparing(leastRight).thenComparing(number -> number))
        .toList();
  }

  private String line(PointDetails point, int number) {
    String line =
        "  class %s: %s of %s rows right"
            .formatted(
                details.className(number),
                Figures.count(point.matrix().right(number)),
                Figures.count(point.matrix().rows(number)));
    return point
        .compared()
        .map(
            with ->
                "%s, %s with the other run, %s lost"
                    .formatted(
                        line,
                        Figures.count(with.matrix().right(number)),
                        Figures.count(with.lost(number))))
        .orElse(line);
  }

  /** A class without rows comes last. */
  private static double accuracy(PointDetails point, int number) {
    long rows = point.matrix().rows(number);
    return rows == 0 ? 1 : (double) point.matrix().right(number) / rows;
  }

  /** One operating point for the JSON line. */
  Map<String, Object> values(PointDetails point) {
    Map<String, Object> values = new LinkedHashMap<>();
    point.threshold().ifPresent(threshold -> values.put("threshold", threshold));
    point
        .compared()
        .ifPresent(
            with -> {
              values.put("lost", with.lost().size());
              values.put("gained", with.gained());
            });
    List<Map<String, Object>> classes = new ArrayList<>();
    for (int number = 0; number < point.matrix().classes(); number++) {
      classes.add(values(point, number));
    }
    values.put("classes", classes);
    return values;
  }

  private Map<String, Object> values(PointDetails point, int number) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("class", number);
    values.put("name", details.className(number));
    values.put("rows", point.matrix().rows(number));
    values.put("right", point.matrix().right(number));
    point
        .compared()
        .ifPresent(
            with -> {
              values.put("againstRight", with.matrix().right(number));
              values.put("lost", with.lost(number));
            });
    return values;
  }
}
