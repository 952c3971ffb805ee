package org.espalier.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.base.Metric;
import org.espalier.base.Metric.Direction;
import org.espalier.results.Execution;
import org.espalier.results.Measurement;
import org.espalier.results.ModelHashes;
import org.espalier.results.ModelSize;
import org.espalier.results.OperatingPoint;
import org.espalier.results.Platform;
import org.espalier.results.Provenance;
import org.espalier.results.RunIdentity;
import org.espalier.results.RunPart;
import org.espalier.results.Setting;
import org.espalier.results.Sparsification;
import org.espalier.results.Training;
import org.junit.jupiter.api.Test;

class FinalLineTest {
  private static final Metric BLEU = new Metric("bleu", Metric.POINTS, Direction.HIGHER);
  private static final ModelSize SIZE = new ModelSize(100, 10, 3, List.of());

  @Test
  void theLeadingMetricStandsBeforeTheSparsity() {
    assertThat(FinalLine.of(point(classified())))
        .isEqualTo("final: accuracy=0.9813 sparsity=0.900000 parameters=sha256:ff masks=sha256:ab");
    assertThat(FinalLine.of(point(Measurement.finished(BLEU, Map.of(BLEU, 27.31), SIZE))))
        .isEqualTo("final: bleu=27.3100 sparsity=0.900000 parameters=sha256:ff masks=sha256:ab");
    assertThat(FinalLine.of(point(Measurement.diverged(120, BLEU, SIZE))))
        .isEqualTo("final: diverged at step 120");
  }

  @Test
  void theValuesHoldTheLeadingMetricByItsNameAndAllInOneMap() {
    assertThat(PointValues.of(point(classified())))
        .containsEntry("accuracy", 0.98134)
        .containsEntry("metrics", Map.of("accuracy", 0.98134, "cross-entropy", 0.06))
        .containsEntry("seconds", 4.5);
    assertThat(PointValues.of(point(Measurement.diverged(120, BLEU, SIZE))))
        .containsEntry("outcome", "diverged")
        .containsEntry("metrics", Map.of())
        .doesNotContainKey("bleu");
  }

  private static Measurement classified() {
    return Measurement.finished(
        Metric.ACCURACY, Map.of(Metric.ACCURACY, 0.98134, Metric.CROSS_ENTROPY, 0.06), SIZE);
  }

  private static OperatingPoint point(Measurement measurement) {
    return new OperatingPoint(
        new RunIdentity("run", "cafe"),
        new Setting(
            "network",
            "data",
            new Sparsification("magnitude", OptionalDouble.of(0.9), OptionalDouble.empty(), "none"),
            new Training(1, 8, 400, 1, 2400, 16),
            Map.of()),
        measurement,
        new Provenance(
            "seed = 1",
            "5f1c",
            List.of(
                new RunPart(
                    "0.1.0",
                    new Platform("Linux", "17", "3.5.7", "1.0.0-M2.1"),
                    new Execution(Instant.EPOCH, 4.5, "local[*]", 1),
                    0,
                    2400)),
            new ModelHashes(Optional.of("ff"), Optional.of("ab"))));
  }
}
