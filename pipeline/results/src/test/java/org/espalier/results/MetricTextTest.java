package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.espalier.base.Metric.ACCURACY;
import static org.espalier.base.Metric.CROSS_ENTROPY;
import static org.espalier.results.SamplePoints.BLEU;

import org.espalier.base.Metric;
import org.espalier.base.Metric.Direction;
import org.junit.jupiter.api.Test;

class MetricTextTest {
  private static final Metric TOP_5 =
      new Metric("top-5-accuracy", Metric.FRACTION, Direction.HIGHER);

  @Test
  void titlesSayTheUnit() {
    assertThat(MetricText.title(ACCURACY)).isEqualTo("Accuracy, %");
    assertThat(MetricText.title(TOP_5)).isEqualTo("Top-5-accuracy, %");
    assertThat(MetricText.title(CROSS_ENTROPY)).isEqualTo("Cross-entropy, nats");
    assertThat(MetricText.title(BLEU)).isEqualTo("BLEU");
    assertThat(MetricText.title(SamplePoints.CHRF)).isEqualTo("chrF");
    assertThat(MetricText.label(ACCURACY)).isEqualTo("accuracy, %");
    assertThat(MetricText.heading(ACCURACY)).isEqualTo("Accuracy");
  }

  @Test
  void fractionsAreReadInPercentAndOthersAsTheyAre() {
    assertThat(MetricText.value(ACCURACY, 0.98125)).isEqualTo("98.13");
    assertThat(MetricText.withUnit(ACCURACY, 0.98125)).isEqualTo("98.13 %");
    assertThat(MetricText.withName(ACCURACY, 0.98125)).isEqualTo("98.13 % accuracy");
    assertThat(MetricText.withName(BLEU, 27.305)).isEqualTo("27.31 BLEU");
    assertThat(MetricText.withUnit(CROSS_ENTROPY, 0.06123)).isEqualTo("0.0612");
  }

  @Test
  void differencesAreSigned() {
    assertThat(MetricText.difference(ACCURACY, 0.9803 - 0.984)).isEqualTo("-0.37");
    assertThat(MetricText.difference(ACCURACY, 0.001)).isEqualTo("+0.10");
    assertThat(MetricText.difference(ACCURACY, -0.00001)).isEqualTo("0.00");
    assertThat(MetricText.difference(BLEU, 27.31 - 26.9)).isEqualTo("+0.41");
    assertThat(MetricText.difference(CROSS_ENTROPY, 0.01)).isEqualTo("+0.0100");
  }
}
