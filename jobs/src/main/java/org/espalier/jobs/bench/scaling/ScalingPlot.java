package org.espalier.jobs.bench.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Efficiency over workers: a row of panels for each network and density, a column for each link, a
 * line for each protocol.
 */
final class ScalingPlot {
  private static final int PANEL_WIDTH = 250;
  private static final int PANEL_HEIGHT = 150;
  private static final int GAP = 24;
  private static final int LEFT = 64;
  private static final int TOP = 84;
  private static final int ROW = PANEL_HEIGHT + 66;
  private static final int BOTTOM = 36;
  private static final int LEGEND_COLUMNS = 4;
  private static final int LEGEND_WIDTH = 205;
  private static final int QUARTERS = 4;
  private static final Svg.Stroke AXIS = new Svg.Stroke("#888888", "none", 1);
  private static final Svg.Stroke GRID = new Svg.Stroke("#e4e4e4", "none", 1);

  private final List<ScalingFigures> figures;
  private final List<String> rows;
  private final List<Double> links;
  private final List<Integer> workers;
  private final List<Protocol> protocols;
  private final Svg svg;

  private ScalingPlot(List<ScalingFigures> figures) {
    this.figures = figures;
    this.rows = figures.stream().map(f -> title(f.scenario())).distinct().toList();
    this.links = figures.stream().map(f -> f.scenario().gigabits()).distinct().sorted().toList();
    this.workers = figures.stream().map(f -> f.scenario().workers()).distinct().sorted().toList();
    this.protocols = figures.stream().map(ScalingFigures::protocol).distinct().sorted().toList();
    this.svg =
        new Svg(
            LEFT + Math.max(links.size() * (PANEL_WIDTH + GAP), LEGEND_COLUMNS * LEGEND_WIDTH),
            TOP + rows.size() * ROW + BOTTOM);
  }

  /** The plot of these figures, at least one, as SVG. */
  static String of(List<ScalingFigures> figures) {
    return new ScalingPlot(figures).drawn();
  }

  private static String title(Scenario scenario) {
    String weights =
        scenario.density() == 1
            ? "dense"
            : String.format(Locale.ROOT, "%.0f %% sparse", 100 * (1 - scenario.density()));
    return scenario.network() + ", " + weights;
  }

  /** Colours are those of Okabe and Ito, which everybody can tell apart. */
  private static Svg.Stroke stroke(Protocol protocol) {
    return switch (protocol) {
      case FLAT -> new Svg.Stroke("#0072b2", "none", 2.4);
      case TWO_LEVEL -> new Svg.Stroke("#56b4e9", "6 4", 2.4);
      case PARAMETERS -> new Svg.Stroke("#009e73", "none", 1.6);
      case DRIVER -> new Svg.Stroke("#d55e00", "none", 1.6);
      case DRIVER_TREE -> new Svg.Stroke("#e69f00", "6 3", 1.6);
      case SERVER -> new Svg.Stroke("#cc79a7", "none", 1.6);
      case RING -> new Svg.Stroke("#000000", "2 3", 1.6);
    };
  }

  private String drawn() {
    svg.text(
        LEFT,
        22,
        Svg.Anchor.START,
        "bold",
        "Efficiency over workers: 1 is W times the speed of one worker that nobody disturbs");
    legend();
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < links.size(); column++) {
        panel(row, column);
      }
    }
    svg.text(
        LEFT + (links.size() * (PANEL_WIDTH + GAP) - GAP) / 2.0,
        TOP + rows.size() * (double) ROW + BOTTOM / 2.0,
        Svg.Anchor.MIDDLE,
        "normal",
        "workers, each an executor on a host of its own");
    return svg.toString();
  }

  private void legend() {
    for (int i = 0; i < protocols.size(); i++) {
      double x = LEFT + (i % LEGEND_COLUMNS) * (double) LEGEND_WIDTH;
      double y = 46 + Math.floorDiv(i, LEGEND_COLUMNS) * 20.0;
      svg.line(x, y - 4, x + 26, y - 4, stroke(protocols.get(i)));
      svg.text(x + 32, y, Svg.Anchor.START, "normal", protocols.get(i).title());
    }
  }

  private void panel(int row, int column) {
    double left = LEFT + column * (double) (PANEL_WIDTH + GAP);
    double top = TOP + row * (double) ROW + 42;
    if (column == 0) {
      svg.text(left, top - 24, Svg.Anchor.START, "bold", rows.get(row));
    }
    String link = ScalingTable.plain(links.get(column)) + " Gb/s";
    svg.text(left, top - 8, Svg.Anchor.START, "normal", link);
    for (int quarter = 0; quarter <= QUARTERS; quarter++) {
      double share = quarter / (double) QUARTERS;
      double y = y(top, share);
      svg.line(left, y, left + PANEL_WIDTH, y, quarter == 0 ? AXIS : GRID);
      if (column == 0) {
        String number = String.format(Locale.ROOT, "%.2f", share);
        svg.text(left - 8, y + 4, Svg.Anchor.END, "normal", number);
      }
    }
    for (int count : workers) {
      svg.text(
          x(left, count),
          top + PANEL_HEIGHT + 16,
          Svg.Anchor.MIDDLE,
          "normal",
          String.format(Locale.ROOT, "%,d", count));
    }
    protocols.forEach(protocol -> curve(protocol, row, column, left, top));
  }

  private void curve(Protocol protocol, int row, int column, double left, double top) {
    List<String> points = new ArrayList<>();
    Svg.Stroke stroke = stroke(protocol);
    for (ScalingFigures each : figures) {
      if (each.protocol() == protocol
          && title(each.scenario()).equals(rows.get(row))
          && each.scenario().gigabits() == links.get(column)) {
        double x = x(left, each.scenario().workers());
        double y = y(top, Math.min(1, each.efficiency()));
        points.add(Svg.point(x, y));
        svg.dot(x, y, stroke.colour());
      }
    }
    svg.path(points, stroke);
  }

  private static double y(double top, double share) {
    return top + PANEL_HEIGHT * (1 - share);
  }

  /** Workers on a logarithmic axis, with room at both ends. */
  private double x(double left, int count) {
    double first = Math.log(workers.get(0));
    double range = Math.log(workers.get(workers.size() - 1)) - first;
    double inner = PANEL_WIDTH - 2.0 * GAP;
    return left + GAP + (range == 0 ? inner / 2 : inner * (Math.log(count) - first) / range);
  }
}
