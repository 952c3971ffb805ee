package org.espalier.experiment;

import java.time.Instant;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.TrainingState;
import org.espalier.base.Refusal;
import org.espalier.results.OperatingPoint;
import org.espalier.training.FlatVector;

/**
 * Evaluates the network of a finished run again, on other data or at other thresholds.
 *
 * @param spark the cluster
 * @param experiment the run's, but for data and thresholds
 * @param run where its network is stored
 */
public record StoredEvaluation(JavaSparkContext spark, Experiment experiment, StoredRun run) {

  /**
   * One row per operating point.
   *
   * @throws Refusal if the run's files are missing or damaged, or belong to another network
   * @throws org.espalier.averaging.Divergence if the mean loss is not finite
   */
  public List<OperatingPoint> points() {
    Instant started = Instant.now();
    BuiltNetwork network = BuiltNetwork.of(experiment);
    FlatVector parameters = run.parameters();
    if (parameters.length() != network.parameters()) {
      throw new Refusal(
          "Cannot evaluate the run: it has %d parameters where its configuration asks for %d; restore its folder."
              .formatted(parameters.length(), network.parameters()));
    }
    FlatVector vector = parameters.padded(network.initial().vector().length());
    TrainingState trained = new TrainingState(experiment.steps(), vector, run.masks());
    Row row = new Row(experiment, network, spark, started);
    try (PreparedImages images = new PreparedImages(spark, experiment)) {
      return new PointEvaluation(spark, network, images, row).of(trained);
    }
  }
}
