package org.espalier.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    Point dense, List<Curve> curves, List<String> tensors, List<LayerTable.Row> layers) {

  /** A method's experiments from few to many zeros. */
  record Curve(String method, List<Point> points) {}

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
        curves(study.sparse()),
        layers.tensors(),
        layers.rows());
  }

  private static List<Curve> curves(Map<String, List<SeedGroup>> methods) {
    List<Curve> curves = new ArrayList<>();
    methods.forEach(
        (method, groups) -> {
          List<SeedGroup> onCurve = Study.curve(groups);
          curves.add(
              new Curve(
                  method,
                  groups.stream().map(group -> point(group, onCurve.contains(group))).toList()));
        });
    return curves;
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
