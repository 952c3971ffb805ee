package org.espalier.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.Divergence;
import org.espalier.averaging.TrainingState;
import org.espalier.averaging.evaluation.ClusterEvaluation;
import org.espalier.base.Metric;
import org.espalier.engine.replica.Tally;
import org.espalier.results.OperatingPoint;

/** Judges a trained network at all of its operating points. */
record PointEvaluation(
    JavaSparkContext spark, BuiltNetwork network, PreparedRows rows, ResultRow row) {

  /**
   * One row per operating point.
   *
   * @throws Divergence if a parameter, or a metric on the test split, is not finite
   */
  List<OperatingPoint> of(TrainingState trained) {
    if (!trained.vector().isFinite(network.parameters())) {
      throw Divergence.inParameters(trained.step());
    }
    EvaluatedNetwork evaluated = network.estimates(trained);
    List<Tally> tallies =
        new ClusterEvaluation(spark, evaluated.name(), evaluated.recipe(), row.judge())
            .of(
                evaluated.points().stream().map(EvaluationPoint::weights).toList(),
                rows.testBatches(),
                rows.test());
    List<OperatingPoint> results = new ArrayList<>();
    for (int i = 0; i < tallies.size(); i++) {
      Map<Metric, Double> metrics = metrics(tallies.get(i), trained.step());
      results.add(row.finished(trained, evaluated.points().get(i), metrics));
    }
    return results;
  }

  private Map<Metric, Double> metrics(Tally whole, long step) {
    Map<Metric, Double> metrics = row.judge().metrics(whole);
    metrics.forEach(
        (metric, value) -> {
          if (!Double.isFinite(value)) {
            throw Divergence.inEvaluation(step, metric, value);
          }
        });
    return metrics;
  }
}
