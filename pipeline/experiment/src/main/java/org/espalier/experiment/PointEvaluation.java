package org.espalier.experiment;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.Divergence;
import org.espalier.averaging.TrainingState;
import org.espalier.averaging.evaluation.ClusterEvaluation;
import org.espalier.base.Metric;
import org.espalier.engine.replica.Judge;
import org.espalier.engine.replica.Tally;
import org.espalier.results.OperatingPoint;

/** Judges a trained network at each of its operating points. */
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
    return network
        .estimates(trained)
        .map(point -> row.finished(trained, point, metrics(point)))
        .toList();
  }

  private Map<Metric, Double> metrics(EvaluationPoint point) {
    Judge judge = row.judge();
    Tally whole =
        new ClusterEvaluation(spark, point.name(), point.recipe(), judge)
            .of(point.state(), rows.testBatches(), rows.test());
    Map<Metric, Double> metrics = judge.metrics(whole);
    metrics.forEach(
        (metric, value) -> {
          if (!Double.isFinite(value)) {
            throw Divergence.inEvaluation(point.state().step(), metric, value);
          }
        });
    return metrics;
  }
}
