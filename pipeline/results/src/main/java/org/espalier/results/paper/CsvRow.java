package org.espalier.results.paper;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.base.Metric;
import org.espalier.results.Measurement;
import org.espalier.results.OperatingPoint;
import org.espalier.results.Setting;

/** Operating points as comma-separated values; sparsity and metrics as they are, not in percent. */
final class CsvRow {
  private CsvRow() {}

  /** The header and a line per point, with a column per metric, the leading one first. */
  static String table(List<OperatingPoint> points) {
    List<Metric> metrics =
        points.stream()
            .map(OperatingPoint::measurement)
            .flatMap(
                measured ->
                    Stream.concat(
                        Stream.of(measured.leading()), measured.metrics().keySet().stream()))
            .distinct()
            .toList();
    String names = metrics.stream().map(Metric::name).collect(Collectors.joining(","));
    return points.stream()
        .map(point -> of(point, metrics))
        .collect(
            Collectors.joining(
                "\n",
                "network,method,penalty,threshold,seed,epochs,sparsity," + names + ",run\n",
                "\n"));
  }

  private static String of(OperatingPoint point, List<Metric> metrics) {
    Setting setting = point.setting();
    OptionalDouble threshold = setting.sparsification().threshold();
    Stream<String> before =
        Stream.of(
            setting.network(),
            setting.sparsification().method(),
            Penalty.of(setting).orElse(""),
            threshold.isPresent() ? Double.toString(threshold.getAsDouble()) : "",
            Long.toString(setting.training().seed()),
            String.format(Locale.ROOT, "%.0f", setting.training().epochs()),
            String.format(Locale.ROOT, "%.6f", point.measurement().size().sparsity()));
    Stream<String> measured = metrics.stream().map(metric -> value(point.measurement(), metric));
    return Stream.of(before, measured, Stream.of(point.run().name()))
        .flatMap(cells -> cells)
        .collect(Collectors.joining(","));
  }

  private static String value(Measurement measured, Metric metric) {
    if (measured.divergedAtStep().isPresent()) {
      return metric.equals(measured.leading()) ? "diverged" : "";
    }
    OptionalDouble value = measured.value(metric);
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "";
  }
}
