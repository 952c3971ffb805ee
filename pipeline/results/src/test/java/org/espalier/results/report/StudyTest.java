package org.espalier.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.espalier.base.Metric;
import org.espalier.results.Measurement;
import org.espalier.results.OperatingPoint;
import org.espalier.results.SamplePoints;
import org.espalier.results.SeedGroup;
import org.espalier.results.Sparsification;
import org.junit.jupiter.api.Test;

class StudyTest {
  @Test
  void theCurveRunsThroughTheBestSettingOfEachTarget() {
    Study study =
        study(
            SamplePoints.noted(SamplePoints.finished("magnitude", 0.9, 1, 0.97), "rate", "0.1"),
            SamplePoints.noted(SamplePoints.finished("magnitude", 0.9, 1, 0.98), "rate", "0.2"),
            SamplePoints.noted(SamplePoints.finished("magnitude", 0.8, 1, 0.96), "rate", "0.1"));

    assertThat(curve(study, "magnitude")).containsExactly(0.96, 0.98);
  }

  @Test
  void theCurveOfOneVariationalRunKeepsAllItsThresholds() {
    Study study = study(variational("a", 0, 0.99, 0.97), variational("a", 3, 0.98, 0.96));

    assertThat(curve(study, "variational-dropout")).containsExactly(0.96, 0.97);
  }

  @Test
  void ofSeveralVariationalSettingsTheCurveTakesThoseThatNoOtherBeats() {
    Study study =
        study(
            variational("a", 1, 0.98, 0.96),
            variational("b", 1, 0.99, 0.97),
            variational("b", 3, 0.95, 0.98));

    assertThat(curve(study, "variational-dropout")).containsExactly(0.98, 0.97);
  }

  @Test
  void whereLowerIsBetterTheCurveAndTheSummaryTakeTheLowest() {
    Study study =
        study(
            judged("dense", 0, "0.1", 1.2),
            judged("dense", 0, "0.2", 1.1),
            judged("magnitude", 0.9, "0.1", 1.105),
            judged("magnitude", 0.9, "0.2", 1.4),
            judged("magnitude", 0.95, "0.1", 1.2));

    assertThat(curve(study, "magnitude")).containsExactly(1.105, 1.2);
    assertThat(Summary.of(study).replace('\u00a0', ' '))
        .isEqualTo(
            "Dense training reaches 1.1000 cross-entropy. The sparsest network within 1 % of it is"
                + " magnitude at 90 % sparsity: 1.1050 with 26,620 of 266,200 weights,"
                + " 0.0050 nats above dense.");
  }

  @Test
  void onePointOfBleuIsClose() {
    Study study =
        study(
            SamplePoints.translated("dense", 0, 1, 27.3),
            SamplePoints.translated("magnitude", 0.8, 1, 26.5),
            SamplePoints.translated("magnitude", 0.9, 1, 25.9));

    assertThat(Summary.of(study).replace('\u00a0', ' '))
        .startsWith("Dense training reaches 27.30 BLEU. The sparsest network within one point")
        .endsWith(
            "magnitude at 80 % sparsity: 26.50 with 53,240 of 266,200 weights,"
                + " 0.80 points below dense.");
  }

  @Test
  void theSummaryNamesTheSparsestNetworkWithinAPointOfDense() {
    Study study =
        study(
            SamplePoints.finished("dense", 0, 1, 0.984),
            SamplePoints.finished("magnitude", 0.9, 1, 0.982),
            SamplePoints.finished("magnitude", 0.95, 1, 0.9795),
            SamplePoints.finished("magnitude", 0.98, 1, 0.97),
            SamplePoints.finished("random", 0.95, 1, 0.975));

    assertThat(Summary.of(study).replace('\u00a0', ' '))
        .isEqualTo(
            "Dense training reaches 98.40 % accuracy. The sparsest network within one point of it is"
                + " magnitude at 95 % sparsity: 97.95 % with 13,310 of 266,200 weights,"
                + " 0.45 points below dense.");
  }

  @Test
  void theSummarySaysWhenNoSparseNetworkIsClose() {
    Study study =
        study(
            SamplePoints.finished("dense", 0, 1, 0.984),
            SamplePoints.finished("random", 0.95, 1, 0.95));

    assertThat(Summary.of(study))
        .contains("No sparse network is within one point of it; best is random at");
  }

  @Test
  void theHeaderCountsRunsPointsAndDivergences() {
    List<OperatingPoint> points =
        List.of(
            variational("a", 1, 0.98, 0.96),
            variational("a", 2, 0.97, 0.96),
            SamplePoints.diverged("magnitude", 0.9, 1, 5));

    assertThat(Summary.of(points))
        .startsWith("2 runs gave 3 operating points in ")
        .endsWith(" 1 run diverged; no mean includes a diverged run.");
  }

  @Test
  void settingsThatDifferAreToldApart() {
    Study study =
        study(
            SamplePoints.noted(SamplePoints.finished("magnitude", 0.9, 1, 0.97), "begin", "1,000"),
            SamplePoints.finished("magnitude", 0.9, 1, 0.98));

    VariedKnobs knobs = VariedKnobs.variedIn(study.groups());
    assertThat(study.groups()).extracting(knobs::of).containsExactly("begin 1,000", "rate 0.1");
  }

  private static List<Double> curve(Study study, String method) {
    return study.curves().stream()
        .filter(curve -> curve.method().equals(method))
        .flatMap(curve -> curve.line().stream())
        .map(Curve.Point::score)
        .toList();
  }

  private static Study study(OperatingPoint... points) {
    return Study.of(SeedGroup.of(Arrays.asList(points))).get(0);
  }

  private static OperatingPoint variational(
      String rate, double threshold, double sparsity, double accuracy) {
    Sparsification how =
        new Sparsification(
            "variational-dropout", OptionalDouble.empty(), OptionalDouble.of(threshold), "none");
    return SamplePoints.noted(
        SamplePoints.point(
            SamplePoints.LENET_300_100,
            how,
            1,
            SamplePoints.classified(
                accuracy, 0.1, SamplePoints.size(SamplePoints.LENET_300_100, sparsity))),
        "rate",
        rate);
  }

  private static OperatingPoint judged(
      String method, double target, String rate, double crossEntropy) {
    OperatingPoint point = SamplePoints.finished(method, target, 1, 0.9);
    Measurement measurement =
        Measurement.finished(
            Metric.CROSS_ENTROPY,
            Map.of(Metric.CROSS_ENTROPY, crossEntropy),
            point.measurement().size());
    return SamplePoints.noted(
        new OperatingPoint(point.run(), point.setting(), measurement, point.provenance()),
        "rate",
        rate);
  }
}
