package org.espalier.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.espalier.results.OperatingPoint;
import org.espalier.results.SamplePoints;
import org.espalier.results.SeedGroup;
import org.espalier.results.Setting;
import org.espalier.results.Sparsification;
import org.junit.jupiter.api.Test;

class StudyTest {
  @Test
  void theCurveRunsThroughTheBestSettingOfEachTarget() {
    Study study =
        study(
            noted(SamplePoints.finished("magnitude", 0.9, 1, 0.97), "rate", "0.1"),
            noted(SamplePoints.finished("magnitude", 0.9, 1, 0.98), "rate", "0.2"),
            noted(SamplePoints.finished("magnitude", 0.8, 1, 0.96), "rate", "0.1"));

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
            noted(SamplePoints.finished("magnitude", 0.9, 1, 0.97), "begin", "1,000"),
            SamplePoints.finished("magnitude", 0.9, 1, 0.98));

    Knobs knobs = Knobs.variedIn(study.groups());
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
    return noted(
        SamplePoints.point(
            SamplePoints.LENET_300_100,
            how,
            1,
            SamplePoints.classified(
                accuracy, 0.1, SamplePoints.size(SamplePoints.LENET_300_100, sparsity))),
        "rate",
        rate);
  }

  private static OperatingPoint noted(OperatingPoint point, String knob, String value) {
    Setting setting = point.setting();
    return new OperatingPoint(
        point.run(),
        new Setting(
            setting.network(),
            setting.dataset(),
            setting.sparsification(),
            setting.training(),
            Map.of(knob, value)),
        point.measurement(),
        point.provenance());
  }
}
