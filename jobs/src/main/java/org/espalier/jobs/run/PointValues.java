package org.espalier.jobs.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.experiment.RunOutcome;
import org.espalier.results.Measurement;
import org.espalier.results.ModelHashes;
import org.espalier.results.OperatingPoint;

/** Operating points as named values for the JSON line. */
final class PointValues {
  private PointValues() {}

  /** A run: its one point, or all of them as a list. */
  static Map<String, Object> of(RunOutcome outcome) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (outcome.points().size() == 1) {
      values.putAll(of(outcome.points().get(0)));
    } else {
      values.put("run", outcome.points().get(0).run().name());
      values.put("points", outcome.points().stream().map(PointValues::of).toList());
    }
    values.put("folder", outcome.folder());
    return values;
  }

  static Map<String, Object> of(OperatingPoint point) {
    Measurement measured = point.measurement();
    ModelHashes model = point.provenance().model();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("run", point.run().name());
    values.put("network", point.setting().network());
    values.put("dataset", point.setting().dataset());
    values.put("method", point.setting().sparsification().method());
    point.setting().sparsification().threshold().ifPresent(at -> values.put("threshold", at));
    values.put("outcome", measured.status().label());
    measured.divergedAtStep().ifPresent(step -> values.put("divergedAtStep", step));
    measured.score().ifPresent(score -> values.put(measured.leading().name(), score));
    values.put("metrics", metrics(measured));
    values.put("sparsity", measured.size().sparsity());
    model.parametersSha256().ifPresent(hash -> values.put("parameters", "sha256:" + hash));
    model.masksSha256().ifPresent(hash -> values.put("masks", "sha256:" + hash));
    values.put("seconds", point.provenance().seconds());
    return values;
  }

  /** The values of all metrics by name; JSON has no numbers that are not finite. */
  private static Map<String, Object> metrics(Measurement measured) {
    Map<String, Object> values = new LinkedHashMap<>();
    measured
        .metrics()
        .forEach(
            (metric, value) -> values.put(metric.name(), Double.isFinite(value) ? value : null));
    return values;
  }
}
