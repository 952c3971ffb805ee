package org.espalier.experiment;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.Divergence;
import org.espalier.averaging.TrainingState;
import org.espalier.averaging.evaluation.ClusterEvaluation;
import org.espalier.engine.replica.EvaluationReport;
import org.espalier.results.OperatingPoint;

/** Judges a trained network at each of its operating points. */
record PointEvaluation(
    JavaSparkContext spark, BuiltNetwork network, PreparedImages images, Row row) {

  /**
   * One row per operating point.
   *
   * @throws Divergence if a parameter, or the mean loss on the test split, is not finite
   */
  List<OperatingPoint> of(TrainingState trained) {
    if (!trained.vector().isFinite(network.parameters())) {
      throw Divergence.inParameters(trained.step());
    }
    return network
        .readings(trained)
        .map(point -> row.finished(trained, point, report(point)))
        .toList();
  }

  private EvaluationReport report(Operating point) {
    EvaluationReport report =
        new ClusterEvaluation(spark, point.name(), point.recipe())
            .of(point.state(), images.testBatches(), images.test());
    if (!Double.isFinite(report.loss())) {
      throw Divergence.inEvaluation(point.state().step(), report.loss());
    }
    return report;
  }
}
