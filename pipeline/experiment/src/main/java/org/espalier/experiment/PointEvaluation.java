package org.espalier.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
   * One row per operating point, and translations where the network writes sentences.
   *
   * @throws Divergence if a parameter, or a metric on the test split, is not finite
   */
  JudgedPoints of(TrainingState trained) {
    if (!trained.vector().isFinite(network.parameters())) {
      throw Divergence.inParameters(trained.step());
    }
    EvaluatedNetwork evaluated = network.estimates(trained);
    List<Map<Metric, Double>> metrics =
        tallies(evaluated).stream().map(tally -> metrics(tally, trained.step())).toList();
    List<PointTranslations> translations = translations(evaluated);
    List<OperatingPoint> results = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      Map<Metric, Double> all = new LinkedHashMap<>(metrics.get(i));
      if (!translations.isEmpty()) {
        all.putAll(translations.get(i).metrics());
      }
      results.add(row.finished(trained, evaluated.points().get(i), all));
    }
    return new JudgedPoints(results, translations);
  }

  private List<Tally> tallies(EvaluatedNetwork evaluated) {
    return new ClusterEvaluation(spark, evaluated.name(), evaluated.recipe(), row.judge())
        .of(evaluated.weights(), rows.testBatches(), rows.test());
  }

  private List<PointTranslations> translations(EvaluatedNetwork evaluated) {
    return row.experiment()
        .sentenceSearch()
        .map(
            search ->
                TestTranslations.of(row.evaluated(), search, spark.hadoopConfiguration())
                    .by(spark, evaluated))
        .orElse(List.of());
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
