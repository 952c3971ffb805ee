package org.espalier.results.paper;

import java.util.Map;
import java.util.OptionalDouble;
import org.espalier.base.Metric;
import org.espalier.results.Measurement;
import org.espalier.results.OperatingPoint;
import org.espalier.results.RunIdentity;
import org.espalier.results.SamplePoints;
import org.espalier.results.Setting;
import org.espalier.results.Sparsification;
import org.espalier.results.Training;

/** Made-up results of a run that the paper's tables may list. */
final class PaperPoints {
  private PaperPoints() {}

  static OperatingPoint dense(String network, long seed, double epochs, Measurement measurement) {
    return point(network, "dense", OptionalDouble.empty(), seed, epochs, Map.of(), measurement);
  }

  static OperatingPoint variational(
      String network, double threshold, double epochs, Measurement measurement) {
    return point(
        network,
        "variational-dropout",
        OptionalDouble.of(threshold),
        1,
        epochs,
        Map.of(),
        measurement);
  }

  static OperatingPoint point(
      String network,
      String method,
      OptionalDouble threshold,
      long seed,
      double epochs,
      Map<String, String> notes,
      Measurement measurement) {
    Sparsification how = new Sparsification(method, OptionalDouble.empty(), threshold, "none");
    OperatingPoint sample = SamplePoints.point(network, how, seed, measurement);
    return new OperatingPoint(
        new RunIdentity(network + "-" + method + "-cafe", "cafe"),
        new Setting(network, "mnist", how, new Training(seed, 1, 100, 600, 120_000, epochs), notes),
        measurement,
        sample.provenance());
  }

  static Measurement finished(String network, double sparsity, double accuracy) {
    return SamplePoints.classified(accuracy, 0.1, SamplePoints.size(network, sparsity));
  }

  static Measurement diverged(String network) {
    return Measurement.diverged(600, Metric.ACCURACY, SamplePoints.size(network, 0));
  }
}
