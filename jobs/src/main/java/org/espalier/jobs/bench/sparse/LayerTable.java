package org.espalier.jobs.bench.sparse;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Figures as tables in Markdown. */
final class LayerTable {
  private static final double MILLI = 1e-3;

  private LayerTable() {}

  /** The titles of {@link #row}. */
  static List<String> titles() {
    return titles(
        "layer",
        "sparsity",
        "dense ms",
        "sparse ms",
        "ratio",
        "forward",
        "backward",
        "GF/s",
        "turning ms",
        "turning ratio");
  }

  /** A layer under a mask. */
  static String row(LayerFigures figures) {
    return row(
        Stream.of(
            figures.shape().toString(),
            number("%.3f", figures.sparsity()),
            number("%.3f", figures.seconds(Turn::dense).both() / MILLI),
            number("%.3f", figures.seconds(Turn::sparse).both() / MILLI),
            figures.ratio(Turn::sparse, PassTimes::both).toString(),
            number("%.2f", figures.ratio(Turn::sparse, PassTimes::forward).median()),
            number("%.2f", figures.ratio(Turn::sparse, PassTimes::backward).median()),
            number("%.1f", figures.gigaflops()),
            number("%.3f", figures.seconds(Turn::turning).both() / MILLI),
            figures.ratio(Turn::turning, PassTimes::both).toString()));
  }

  /** The sparsities from which layers over their kept weights are as fast as dense ones. */
  static List<String> breakEven(List<LayerBreakEven> layers) {
    return Stream.of(
            Stream.of(""),
            titles("layer", "break-even", "turning").stream(),
            layers.stream()
                .map(
                    layer ->
                        row(
                            Stream.of(
                                layer.shape().toString(),
                                layer.sparse().toString(),
                                layer.turning().toString()))))
        .flatMap(lines -> lines)
        .toList();
  }

  private static List<String> titles(String... titles) {
    return List.of(row(Stream.of(titles)), row(Stream.of(titles).map(title -> "---")));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |"));
  }
}
