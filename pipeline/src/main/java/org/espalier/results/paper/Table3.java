package org.espalier.results.paper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.espalier.results.Figures;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsTable;
import org.espalier.results.Setting;

/**
 * Table 3 of the paper, appendix B: sparsity and test accuracy of variational dropout on MNIST at
 * several thresholds, the paper's numbers beside those of finished runs.
 */
public final class Table3 {
  /** Epochs of the protocol. */
  public static final int EPOCHS = 200;

  private static final String ABSENT = "-";

  private final List<OperatingPoint> points;

  private Table3(List<OperatingPoint> points) {
    this.points = points;
  }

  /** The table of these operating points, at least one. */
  public static Table3 of(Collection<OperatingPoint> points) {
    return new Table3(ResultsTable.of(points).rows());
  }

  /** For a terminal, ASCII only, in percent. */
  public String asText() {
    List<String> lines = new ArrayList<>();
    lines.add("Table 3 of the paper (paper | here), in percent" + shortening());
    lines.add(
        "%-15s %-20s %9s   %19s   %19s   %10s"
            .formatted("network", "method", "threshold", "sparsity", "accuracy", "difference"));
    points.forEach(point -> lines.add(line(point)));
    return String.join("\n", lines) + "\n";
  }

  /** Comma-separated values with the columns {@value CsvRow#HEADER}; fractions, not percent. */
  public String asCsv() {
    return CsvRow.table(points);
  }

  /** Writes {@link #asText}; returns the file's full path. */
  public Path writeText(Path file, Configuration hadoop) {
    return TextFile.write(file, asText(), hadoop);
  }

  /** Writes {@link #asCsv}; returns the file's full path. */
  public Path writeCsv(Path file, Configuration hadoop) {
    return TextFile.write(file, asCsv(), hadoop);
  }

  private String shortening() {
    double epochs = points.get(0).setting().training().epochs();
    return epochs == EPOCHS
        ? ""
        : "; SHORTENED to %.0f of %d epochs, so not comparable".formatted(epochs, EPOCHS);
  }

  private static String line(OperatingPoint point) {
    Setting setting = point.setting();
    OptionalDouble threshold = setting.sparsification().threshold();
    var paper = PaperRow.find(setting.network(), setting.sparsification().method(), threshold);
    OptionalDouble accuracy = point.measurement().accuracy();
    double sparsity = point.measurement().size().sparsity();
    return "%-15s %-20s %9s   %8s | %8s   %8s | %8s   %10s"
        .formatted(
            setting.network(),
            setting.sparsification().method(),
            threshold.isPresent() ? Double.toString(threshold.getAsDouble()) : ABSENT,
            paper.map(row -> Figures.accuracy(row.sparsity())).orElse(ABSENT),
            Figures.accuracy(sparsity),
            paper.map(row -> Figures.accuracy(row.accuracy())).orElse(ABSENT),
            accuracy.isPresent() ? Figures.accuracy(accuracy.getAsDouble()) : "diverged",
            paper.isPresent() && accuracy.isPresent()
                ? Figures.points(accuracy.getAsDouble() - paper.get().accuracy())
                : ABSENT);
  }
}
