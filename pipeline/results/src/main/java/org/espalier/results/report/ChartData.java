package org.espalier.results.report;

import java.util.List;
import org.espalier.results.Figures;
import org.espalier.results.OperatingPoint;
import org.espalier.results.SeedGroup;
import org.espalier.results.Spread;

/**
 * What the page's script plots for one study; written as JSON, field for field.
 *
 * @param dense the reference, or null without one
 * @param curves one per method
 * @param tensors names of the sparsifiable tensors in the network's order
 * @param layers sparsity of every tensor, in their order, for each point on a curve
 */
record ChartData(
    Point dense, List<Line> curves, List<String> tensors, List<LayerTable.Row> layers) {

  /** A method's experiments from few to many zeros. */
  record Line(String method, List<Point> points) {}

  /** An experiment: fractions, what people call it, and the runs behind it. */
  record Point(
      String label,
      double sparsity,
      double accuracy,
      double min,
      double max,
      String kept,
      boolean onCurve,
      List<String> runs) {}

  static ChartData of(Study study) {
    LayerTable layers = LayerTable.of(study);
    return new ChartData(
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
    Spread accuracy = group.accuracy().orElseThrow();
    return new Point(
        Labels.point(group),
        group.sparsity().mean(),
        accuracy.mean(),
        accuracy.min(),
        accuracy.max(),
        Figures.count(Math.round(group.keptWeights().mean())),
        onCurve,
        group.finished().stream().map(ChartData::run).toList());
  }

  private static String run(OperatingPoint point) {
    return point.run().name() + ", seed " + point.setting().training().seed();
  }
}
