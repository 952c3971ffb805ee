package org.espalier.results.paper;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.espalier.results.OperatingPoint;
import org.espalier.results.Setting;

/** An operating point as comma-separated values; sparsity and accuracy are fractions. */
final class CsvRow {
  static final String HEADER = "network,method,threshold,seed,epochs,sparsity,accuracy,run";

  private CsvRow() {}

  /** The header and a line per point. */
  static String table(List<OperatingPoint> points) {
    return points.stream().map(CsvRow::of).collect(Collectors.joining("\n", HEADER + "\n", "\n"));
  }

  private static String of(OperatingPoint point) {
    Setting setting = point.setting();
    OptionalDouble threshold = setting.sparsification().threshold();
    OptionalDouble accuracy = point.measurement().accuracy();
    return String.join(
        ",",
        setting.network(),
        setting.sparsification().method(),
        threshold.isPresent() ? Double.toString(threshold.getAsDouble()) : "",
        Long.toString(setting.training().seed()),
        String.format(Locale.ROOT, "%.0f", setting.training().epochs()),
        String.format(Locale.ROOT, "%.6f", point.measurement().size().sparsity()),
        accuracy.isPresent()
            ? String.format(Locale.ROOT, "%.4f", accuracy.getAsDouble())
            : "diverged",
        point.run().name());
  }
}
