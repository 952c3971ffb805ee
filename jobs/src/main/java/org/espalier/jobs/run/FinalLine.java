package org.espalier.jobs.run;

import java.util.Locale;
import java.util.OptionalDouble;
import org.espalier.results.Measurement;
import org.espalier.results.ModelHashes;
import org.espalier.results.OperatingPoint;

/**
 * How a training run ends, a line per operating point: its figures and the hashes by which runs are
 * compared.
 */
final class FinalLine {
  private FinalLine() {}

  static String of(OperatingPoint point) {
    Measurement measured = point.measurement();
    ModelHashes model = point.provenance().model();
    if (measured.divergedAtStep().isPresent()) {
      return "final: diverged at step " + measured.divergedAtStep().getAsLong();
    }
    OptionalDouble threshold = point.setting().sparsification().threshold();
    return String.format(
        Locale.ROOT,
        "final: %s%s=%.4f sparsity=%.6f parameters=sha256:%s masks=sha256:%s",
        threshold.isPresent() ? "threshold=" + threshold.getAsDouble() + " " : "",
        measured.leading().name(),
        measured.score().orElseThrow(),
        measured.size().sparsity(),
        model.parametersSha256().orElseThrow(),
        model.masksSha256().orElseThrow());
  }
}
