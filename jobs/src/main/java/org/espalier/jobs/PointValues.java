package org.espalier.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.results.Measurement;
import org.espalier.results.ModelHashes;
import org.espalier.results.OperatingPoint;

/** An operating point as named values for the JSON line. */
final class PointValues {
  private PointValues() {}

  static Map<String, Object> of(OperatingPoint point) {
    Measurement measured = point.measurement();
    ModelHashes model = point.provenance().model();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("run", point.run().name());
    values.put("network", point.setting().network());
    values.put("dataset", point.setting().dataset());
    values.put("method", point.setting().sparsification().method());
    values.put("outcome", measured.status().label());
    measured.divergedAtStep().ifPresent(step -> values.put("divergedAtStep", step));
    measured.accuracy().ifPresent(accuracy -> values.put("accuracy", accuracy));
    measured.loss().ifPresent(loss -> values.put("loss", Double.isFinite(loss) ? loss : null));
    values.put("sparsity", measured.size().sparsity());
    model.parametersSha256().ifPresent(hash -> values.put("parameters", "sha256:" + hash));
    model.masksSha256().ifPresent(hash -> values.put("masks", "sha256:" + hash));
    values.put("seconds", point.provenance().execution().seconds());
    return values;
  }
}
