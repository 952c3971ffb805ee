package org.espalier.engine.stochastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.espalier.base.Mix64;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.api.Test;

class PointEstimateTest {
  private static final PointEstimate GATES =
      new L0Regularisation(2.197, PenaltySchedule.NONE).estimates().get(0);

  @Test
  void variationalDropoutKeepsExactlyWhatLiesBelowTheThreshold() {
    List<Double> thresholds = List.of(-1.0, 0.1, 3.0, 12.0);
    List<PointEstimate> estimates = variational(thresholds).estimates();
    assertThat(estimates)
        .extracting(PointEstimate::threshold)
        .containsExactlyElementsOf(thresholds.stream().map(OptionalDouble::of).toList());
    int kept = 0;
    for (int i = 0; i < 4_000; i++) {
      float theta = (float) (Mix64.unit(1, i) - 0.5);
      float logSigma2 = (float) (30 * Mix64.unit(2, i) - 15);
      double logAlpha = logSigma2 - Math.log((double) theta * theta + 1e-8);
      for (int t = 0; t < estimates.size(); t++) {
        boolean keeps = estimates.get(t).keeps(theta, logSigma2);
        kept += keeps ? 1 : 0;
        assertThat(keeps).isEqualTo(logAlpha < thresholds.get(t));
        assertThat(estimates.get(t).value(theta, logSigma2)).isEqualTo(theta);
      }
    }
    assertThat(kept).isBetween(2_000, 14_000);
  }

  @Test
  void logAlphaThatEqualsTheThresholdIsRemoved() {
    double logAlpha = (float) -2.5 - Math.log(0.25 * 0.25 + 1e-8);
    assertThat(below(logAlpha).keeps(0.25f, -2.5f)).isFalse();
    assertThat(below(Math.nextUp(logAlpha)).keeps(0.25f, -2.5f)).isTrue();
  }

  @Test
  void logAlphaIsNotClippedAsItIsInTraining() {
    assertThat(below(9).keeps(1, 10)).isFalse();
    assertThat(below(-9).keeps(1, -10)).isTrue();
  }

  @Test
  void theEpsilonInsideTheLogarithmBoundsLogAlphaOfAWeightOfZero() {
    double least = -Math.log(1e-8);
    assertThat(below(0).keeps(0, (float) (-least - 0.01))).isTrue();
    assertThat(below(0).keeps(0, (float) (-least + 0.01))).isFalse();
  }

  @Test
  void theEstimatedGateFollowsThePapersConstants() {
    assertThat(GATES.threshold()).isEmpty();
    assertThat((double) GATES.value(1, 2.197f)).isCloseTo(0.97998, within(5e-6));
    assertThat((double) GATES.value(-3, 0.847f)).isCloseTo(-3 * 0.73992, within(2e-5));
    assertThat(GATES.value(0.5f, 2.95f)).isEqualTo(0.5f);
    assertThat(GATES.value(0.5f, 4.6f)).isEqualTo(0.5f);
  }

  @Test
  void theEstimatedGateIsZeroFromLogElevenDownAndOneFromThereUp() {
    float edge = (float) Math.log(11); // 2.3979
    for (float shut : new float[] {-edge - 1e-6f, -3, -50, Float.NEGATIVE_INFINITY}) {
      assertThat(GATES.keeps(2, shut)).isFalse();
      assertThat(GATES.value(2, shut)).isZero();
    }
    assertThat(GATES.keeps(2, -edge + 1e-5f)).isTrue();
    assertThat(GATES.value(2, edge - 1e-3f)).isLessThan(2);
    for (float open : new float[] {edge + 1e-6f, 3, 50}) {
      assertThat(GATES.value(2, open)).isEqualTo(2);
    }
  }

  @Test
  void anOpenGateStaysEvenWhereItsWeightIsZero() {
    assertThat(GATES.keeps(0, 2)).isTrue();
  }

  @Test
  void layersEvaluateWithTheFirstThreshold() {
    assertThat(variational(List.of(3.0, 2.0)).weights())
        .isEqualTo(new WeightForm.Variational(-10, 3, PenaltySchedule.NONE));
  }

  private static PointEstimate below(double threshold) {
    return variational(List.of(threshold)).estimates().get(0);
  }

  private static VariationalDropout variational(List<Double> thresholds) {
    return new VariationalDropout(-10, thresholds, PenaltySchedule.NONE, Double.POSITIVE_INFINITY);
  }
}
