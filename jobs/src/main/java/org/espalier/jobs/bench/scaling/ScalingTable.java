package org.espalier.jobs.bench.scaling;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Figures as a table in Markdown. */
final class ScalingTable {
  private static final double MEGA = 1e6;
  private static final List<String> TITLES =
      List.of(
          "protocol",
          "W",
          "Gb/s",
          "s/step",
          "waiting",
          "communication",
          "efficiency",
          "MB out per executor",
          "MB on the busiest link",
          "MB at the driver",
          "messages",
          "peers",
          "s lost per hour");

  private ScalingTable() {}

  /** A table for each network and density, with a line that says which. */
  static List<String> lines(List<ScalingFigures> figures) {
    return figures.stream()
        .map(ScalingTable::heading)
        .distinct()
        .flatMap(
            heading ->
                Stream.concat(
                    Stream.of(
                        "",
                        heading,
                        "",
                        row(TITLES),
                        row(TITLES.stream().map(t -> "---").toList())),
                    figures.stream()
                        .filter(f -> heading(f).equals(heading))
                        .map(ScalingTable::row)))
        .toList();
  }

  private static String heading(ScalingFigures figures) {
    Scenario scenario = figures.scenario();
    return String.format(Locale.ROOT, "%s, density %s", scenario.network(), scenario.density());
  }

  private static String row(ScalingFigures figures) {
    return row(
        List.of(
            figures.protocol().title(),
            String.format(Locale.ROOT, "%,d", figures.scenario().workers()),
            plain(figures.scenario().gigabits()),
            number("%.3f", figures.stepSeconds()),
            number("%.3f", figures.waitingSeconds()),
            number("%.3f", figures.communicationSeconds()),
            number("%.2f", figures.efficiency()),
            number("%,.1f", figures.bytesPerExecutor() / MEGA),
            number("%,.1f", figures.busiestBytes() / MEGA),
            number("%,.3f", figures.bytesAtDriver() / MEGA),
            number("%,.0f", figures.messages()),
            number("%,.0f", figures.peers()),
            number("%.0f", figures.lostSecondsPerHour())));
  }

  /** A number without decimals where it has none. */
  static String plain(double value) {
    return value == Math.rint(value) ? number("%.0f", value) : Double.toString(value);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }
}
