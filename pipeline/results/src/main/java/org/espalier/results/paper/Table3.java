package org.espalier.results.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.base.Metric;
import org.espalier.results.Figures;
import org.espalier.results.MetricText;
import org.espalier.results.ResultsTable;
import org.espalier.results.SeedGroup;
import org.espalier.results.Setting;
import org.espalier.results.Spread;

/**
 * Table 3 of the paper, appendix B: sparsity and test accuracy of variational dropout on MNIST at
 * several thresholds, the paper's numbers beside those of finished runs.
 */
public final class Table3 implements PaperTable {
  /** Epochs of the protocol. */
  public static final int EPOCHS = 200;

  private static final String DATASET = "mnist";
  private static final String ABSENT = "-";
  private static final String LINE = "%-15s %-20s %9s   %8s | %8s   %8s | %8s   %10s   %s";

  private final ResultsTable results;

  private Table3(ResultsTable results) {
    this.results = results;
  }

  /** The table of these results, at least one. */
  public static Table3 of(ResultsTable results) {
    return new Table3(results);
  }

  @Override
  public String asText() {
    List<String> lines = new ArrayList<>();
    lines.add("Table 3 of the paper (paper | here), in percent" + difference());
    lines.add(
        "%-15s %-20s %9s   %19s   %19s   %10s"
            .formatted("network", "method", "threshold", "sparsity", "accuracy", "difference"));
    results.seedGroups().forEach(group -> lines.add(line(group)));
    return String.join("\n", lines) + "\n";
  }

  @Override
  public String asCsv() {
    return CsvRow.table(results.rows());
  }

  /** What is not as in the paper, or nothing. */
  private String difference() {
    Setting setting = results.rows().get(0).setting();
    StringBuilder said = new StringBuilder();
    if (setting.training().workers() > 1) {
      said.append("; on %d workers that average".formatted(setting.training().workers()));
    }
    if (!setting.dataset().equals(DATASET)) {
      said.append("; on %s, so NOT COMPARABLE".formatted(setting.dataset()));
    }
    double epochs = setting.training().epochs();
    if (epochs != EPOCHS) {
      said.append("; SHORTENED to %.0f of %d epochs, so not comparable".formatted(epochs, EPOCHS));
    }
    return said.toString();
  }

  private static String line(SeedGroup group) {
    Setting setting = group.setting();
    OptionalDouble threshold = setting.sparsification().threshold();
    var paper = PaperRow.find(setting.network(), setting.sparsification().method(), threshold);
    Optional<Spread> accuracy = group.spread(Metric.ACCURACY);
    return LINE.formatted(
            setting.network(),
            setting.sparsification().method(),
            threshold.isPresent() ? Double.toString(threshold.getAsDouble()) : ABSENT,
            paper.map(row -> Figures.percent(row.sparsity())).orElse(ABSENT),
            Figures.percent(group.sparsity().mean()),
            paper.map(row -> Figures.percent(row.accuracy())).orElse(ABSENT),
            accuracy.map(spread -> Figures.percent(spread.mean())).orElse("diverged"),
            paper.isPresent() && accuracy.isPresent()
                ? MetricText.difference(
                    Metric.ACCURACY, accuracy.get().mean() - paper.get().accuracy())
                : ABSENT,
            group.points().size() > 1 ? range(group) : "")
        .stripTrailing();
  }

  private static String range(SeedGroup group) {
    return group.seeds()
        + " seeds"
        + group
            .spread(Metric.ACCURACY)
            .map(
                spread ->
                    ": %s to %s"
                        .formatted(Figures.percent(spread.min()), Figures.percent(spread.max())))
            .orElse("");
  }
}
