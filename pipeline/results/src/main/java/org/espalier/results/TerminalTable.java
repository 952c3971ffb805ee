package org.espalier.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.base.Metric;

/** Operating points as aligned text; columns that would be empty in every row are left out. */
final class TerminalTable {
  private static final String ABSENT = "-";
  private static final String INDENT = "  ";
  private static final String GAP = "   ";

  private enum Align {
    LEFT("%-"),
    RIGHT("%");

    private final String flag;

    Align(String flag) {
      this.flag = flag;
    }

    String pad(String text, int width) {
      return String.format(flag + width + "s", text);
    }
  }

  private record Column(String title, Align align, Function<OperatingPoint, String> cell) {

    /** Title, rule and one cell per row, all of the same width. */
    List<String> cells(List<OperatingPoint> rows) {
      List<String> texts = rows.stream().map(cell).toList();
      int width =
          Stream.concat(Stream.of(title), texts.stream()).mapToInt(String::length).max().orElse(0);
      return Stream.concat(Stream.of(title, "-".repeat(width)), texts.stream())
          .map(text -> align.pad(text, width))
          .toList();
    }
  }

  /** The rows that stand under one heading. */
  private record Block(String title, Metric leading) {
    static Block of(OperatingPoint row) {
      return new Block(
          row.setting().network() + " on " + row.setting().dataset(), row.measurement().leading());
    }
  }

  private TerminalTable() {}

  static String of(List<OperatingPoint> rows) {
    Map<Block, List<OperatingPoint>> blocks =
        rows.stream()
            .collect(Collectors.groupingBy(Block::of, LinkedHashMap::new, Collectors.toList()));
    return blocks.entrySet().stream()
        .map(
            block ->
                block.getKey().title()
                    + "\n"
                    + block(columns(rows, block.getKey().leading()), block.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** The columns of a block; all blocks have the same, but for the name of the metric. */
  private static List<Column> columns(List<OperatingPoint> rows, Metric leading) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("method", Align.LEFT, row -> row.setting().sparsification().method()));
    if (any(rows, row -> row.setting().sparsification().target().isPresent())) {
      columns.add(new Column("target", Align.RIGHT, TerminalTable::target));
    }
    if (any(rows, row -> row.setting().sparsification().threshold().isPresent())) {
      columns.add(new Column("threshold", Align.RIGHT, TerminalTable::threshold));
    }
    if (rows.stream().map(TerminalTable::seed).distinct().count() > 1) {
      columns.add(new Column("seed", Align.RIGHT, TerminalTable::seed));
    }
    columns.add(
        new Column(
            "sparsity",
            Align.RIGHT,
            row -> Figures.sparsity(row.measurement().size().sparsity()) + " %"));
    columns.add(new Column(MetricText.name(leading), Align.RIGHT, TerminalTable::score));
    columns.add(
        new Column(
            "kept weights", Align.RIGHT, row -> Figures.count(row.measurement().size().kept())));
    columns.add(
        new Column("time", Align.RIGHT, row -> Figures.duration(row.provenance().seconds())));
    return columns;
  }

  private static String block(List<Column> columns, List<OperatingPoint> rows) {
    List<List<String>> padded = columns.stream().map(column -> column.cells(rows)).toList();
    return IntStream.range(0, rows.size() + 2)
        .mapToObj(
            line ->
                padded.stream()
                    .map(cells -> cells.get(line))
                    .collect(Collectors.joining(GAP, INDENT, ""))
                    .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static boolean any(List<OperatingPoint> rows, Predicate<OperatingPoint> property) {
    return rows.stream().anyMatch(property);
  }

  private static String target(OperatingPoint row) {
    var target = row.setting().sparsification().target();
    return target.isPresent() ? Figures.sparsity(target.getAsDouble()) + " %" : ABSENT;
  }

  private static String threshold(OperatingPoint row) {
    var threshold = row.setting().sparsification().threshold();
    return threshold.isPresent() ? Double.toString(threshold.getAsDouble()) : ABSENT;
  }

  private static String seed(OperatingPoint row) {
    return Long.toString(row.setting().training().seed());
  }

  private static String score(OperatingPoint row) {
    Measurement measurement = row.measurement();
    return measurement.divergedAtStep().isPresent()
        ? "diverged at step " + Figures.count(measurement.divergedAtStep().getAsLong())
        : MetricText.withUnit(measurement.leading(), measurement.score().orElseThrow());
  }
}
