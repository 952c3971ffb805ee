package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.espalier.base.Metric;
import org.espalier.base.Metric.Direction;
import org.junit.jupiter.api.Test;

class OperatingPointTest {
  private static final ModelSize SIZE =
      ModelSize.of(
          List.of(
              new TensorSize("fc1", "[784, 300]", 235_200, 23_520),
              new TensorSize("fc2", "[300, 100]", 30_000, 3_000)),
          400);

  @Test
  void sparsityCountsSparsifiableWeightsAndCompressionTheWholeModel() {
    assertThat(SIZE.sparsity()).isEqualTo(0.9);
    assertThat(SIZE.parameters()).isEqualTo(265_600);
    assertThat(SIZE.nonZeroParameters()).isEqualTo(26_920);
    assertThat(SIZE.compression()).isEqualTo(265_600.0 / 26_920);
  }

  @Test
  void sumsThatContradictTheTensorsAreRefused() {
    assertThatThrownBy(() -> new ModelSize(265_200, 1, 400, SIZE.tensors()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot record 1 kept of 265200 weights: the tensors hold 26520 of 265200");
  }

  @Test
  void moreKeptWeightsThanThereAreIsRefused() {
    assertThatThrownBy(() -> new TensorSize("fc1", "[1]", 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot record 2 kept weights of fc1, which has 1");
  }

  @Test
  void anAccuracyInPercentIsRefused() {
    assertThatThrownBy(() -> SamplePoints.classified(98.1, 0.1, SIZE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot record accuracy of 98.1: it must be a fraction in [0, 1]");
  }

  @Test
  void aFinishedRunNeedsItsLeadingMetricAndFiniteValues() {
    assertThatThrownBy(
            () -> Measurement.finished(Metric.ACCURACY, Map.of(Metric.CROSS_ENTROPY, 0.1), SIZE))
        .hasMessage("Cannot record a finished run without its accuracy");
    assertThatThrownBy(() -> SamplePoints.classified(0.1, Double.NaN, SIZE))
        .hasMessage("Cannot record cross-entropy of NaN as finished: that run diverged");
  }

  @Test
  void twoMetricsOfOneNameAreRefused() {
    Metric inPoints = new Metric("accuracy", Metric.POINTS, Direction.HIGHER);
    assertThatThrownBy(
            () ->
                Measurement.finished(
                    Metric.ACCURACY, Map.of(Metric.ACCURACY, 0.9, inPoints, 90.0), SIZE))
        .hasMessageStartingWith("Cannot record two metrics of one name: Metric[name=accuracy, ");
  }

  @Test
  void theLeadingMetricIsTheFirstAndTheOthersGoByName() {
    Measurement measurement =
        Measurement.finished(
            SamplePoints.BLEU,
            Map.of(SamplePoints.CHRF, 50.0, Metric.CROSS_ENTROPY, 1.5, SamplePoints.BLEU, 27.3),
            SIZE);

    assertThat(measurement.metrics().keySet())
        .containsExactly(SamplePoints.BLEU, SamplePoints.CHRF, Metric.CROSS_ENTROPY);
    assertThat(measurement.score()).hasValue(27.3);
  }

  @Test
  void theSecondsOfARunAreTheSumOfItsPartsWithoutALaterEvaluation() {
    OperatingPoint resumed =
        SamplePoints.inParts(
            SamplePoints.finished("magnitude", 0.9, 1, 0.98),
            SamplePoints.part("2026-03-01T10:00:00Z", 20, 0, 1000),
            SamplePoints.part("2026-03-01T11:00:00Z", 30, 1000, 2400));

    assertThat(resumed.provenance().seconds()).isEqualTo(50);
    assertThat(resumed.provenance().evaluation()).isEmpty();
    Provenance evaluated = SamplePoints.evaluatedAgain(resumed, "0123").provenance();
    assertThat(evaluated.seconds()).isEqualTo(50);
    assertThat(evaluated.runParts()).isEqualTo(resumed.provenance().parts());
    assertThat(evaluated.evaluation()).isPresent();
  }
}
