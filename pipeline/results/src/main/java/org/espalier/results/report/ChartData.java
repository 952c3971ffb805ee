package org.espalier.results.report;

import java.util.List;
import org.espalier.base.Metric;
import org.espalier.base.Metric.Direction;
import org.espalier.results.Figures;
import org.espalier.results.MetricText;
import org.espalier.results.OperatingPoint;
import org.espalier.results.SeedGroup;
import org.espalier.results.Spread;

/**
 * What the page's script plots for one study; written as JSON, field for field.
 *
 * @param metric what is plotted over sparsity
 * @param dense the reference, or null without one
 * @param curves one per method
 * @param tensors names of the sparsifiable tensors in the network's order
 * @param layers sparsity of every tensor, in their order, for each point on a curve
 */
record ChartData(
    Axis metric,
    Point dense,
    List<Line> curves,
    List<String> tensors,
    List<LayerTable.Row> layers) {

  /**
   * The axis of a metric.
   *
   * @param title name and unit
   * @param factor what values are multiplied by to be in that unit
   * @param ceiling the value at which the axis ends at the latest, in that unit; null without one
   * @param logError whether the distance to 1 can be shown on a logarithmic scale
   */
  record Axis(String title, double factor, Double ceiling, boolean logError) {
    static Axis of(Metric metric) {
      boolean upTo100 = metric.isFraction() || metric.unit().equals(Metric.POINTS);
      return new Axis(
          "Test " + MetricText.label(metric),
          metric.isFraction() ? 100 : 1,
          upTo100 ? 100.0 : null,
          metric.isFraction() && metric.direction() == Direction.HIGHER);
    }
  }

  /** A method's experiments from few to many zeros. */
  record Line(String method, List<Point> points) {}

  /** An experiment: its figures, as numbers and as text, what people call it, and its runs. */
  record Point(
      String label,
      double sparsity,
      double score,
      double min,
      double max,
      String scoreText,
      String rangeText,
      String kept,
      boolean onCurve,
      List<String> runs) {}

  static ChartData of(Study study) {
    LayerTable layers = LayerTable.of(study);
    return new ChartData(
        Axis.of(study.leading()),
        study.dense().map(group -> point(group, true)).orElse(null),
        study.curves().stream().map(ChartData::line).toList(),
        layers.tensors(),
        layers.rows());
  }

  private static Line line(Curve curve) {
    return new Line(
        curve.method(),
        curve.points().stream().map(point -> point(point.group(), point.onCurve())).toList());
  }

  private static Point point(SeedGroup group, boolean onCurve) {
    Metric metric = group.leading();
    Spread score = group.score().orElseThrow();
    return new Point(
        Labels.point(group),
        group.sparsity().mean(),
        score.mean(),
        score.min(),
        score.max(),
        MetricText.withName(metric, score.mean()),
        MetricText.withUnit(metric, score.min())
            + " to "
            + MetricText.withUnit(metric, score.max()),
        Figures.count(Math.round(group.keptWeights().mean())),
        onCurve,
        group.finished().stream().map(ChartData::run).toList());
  }

  private static String run(OperatingPoint point) {
    return point.run().name() + ", seed " + point.setting().training().seed();
  }
}
