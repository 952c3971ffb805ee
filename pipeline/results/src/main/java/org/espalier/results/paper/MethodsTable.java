package org.espalier.results.paper;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.espalier.base.Metric;
import org.espalier.results.Figures;
import org.espalier.results.MetricText;
import org.espalier.results.ResultsTable;
import org.espalier.results.SeedGroup;
import org.espalier.results.Setting;
import org.espalier.results.Spread;

/**
 * Methods beside each other, from few zeros to many: means over seeds of sparsity in percent and of
 * the leading metric.
 */
public final class MethodsTable implements PaperTable {
  private static final String ABSENT = "-";

  private final ResultsTable results;

  private MethodsTable(ResultsTable results) {
    this.results = results;
  }

  /** The table of these results. */
  public static MethodsTable of(ResultsTable results) {
    return new MethodsTable(results);
  }

  @Override
  public String asText() {
    List<SeedGroup> groups =
        results.seedGroups().stream()
            .sorted(
                Comparator.comparing((SeedGroup group) -> method(group))
                    .thenComparing(group -> group.sparsity().mean()))
            .toList();
    String leading = MetricText.name(groups.get(0).leading());
    String title =
        "%-20s %9s %9s %6s %10s %10s %17s"
            .formatted("method", "penalty", "threshold", "seeds", "sparsity", leading, "range");
    return groups.stream()
        .map(MethodsTable::line)
        .collect(Collectors.joining("\n", title + "\n", "\n"));
  }

  @Override
  public String asCsv() {
    return CsvRow.table(results.rows());
  }

  private static String line(SeedGroup group) {
    Setting setting = group.setting();
    OptionalDouble threshold = setting.sparsification().threshold();
    return "%-20s %9s %9s %6s %10s %10s %17s"
        .formatted(
            method(group),
            Penalty.of(setting).orElse(ABSENT),
            threshold.isPresent() ? Double.toString(threshold.getAsDouble()) : ABSENT,
            group.seeds(),
            Figures.percent(group.sparsity().mean()),
            group
                .score()
                .map(spread -> MetricText.value(group.leading(), spread.mean()))
                .orElse("diverged"),
            group.score().map(spread -> range(group.leading(), spread)).orElse(ABSENT));
  }

  private static String range(Metric metric, Spread spread) {
    return MetricText.value(metric, spread.min()) + " - " + MetricText.value(metric, spread.max());
  }

  private static String method(SeedGroup group) {
    return group.setting().sparsification().method();
  }
}
