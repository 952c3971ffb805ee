package org.espalier.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.base.Metric.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTest {
  @Test
  void theDirectionSaysWhichValueIsBetter() {
    assertThat(Metric.ACCURACY.isBetter(0.9, 0.8)).isTrue();
    assertThat(Metric.ACCURACY.isBetter(0.9, 0.9)).isFalse();
    assertThat(Metric.CROSS_ENTROPY.isBetter(0.1, 0.2)).isTrue();
    assertThat(Metric.CROSS_ENTROPY.isBetter(0.3, 0.2)).isFalse();
    assertThat(List.of(0.2, 0.3, 0.1).stream().max(Metric.CROSS_ENTROPY.worstFirst()))
        .contains(0.1);
  }

  @Test
  void directionsAreReadBackFromTheirLabels() {
    for (Direction direction : Direction.values()) {
      assertThat(Direction.labelled(direction.label())).isEqualTo(direction);
    }
    assertThatThrownBy(() -> Direction.labelled("up"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot tell which values are better from 'up': it must be higher or lower");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Accuracy", "top 5", "a=b", "a,b", "-a", "a-", "a--b"})
  void aNameThatDoesNotFitAColumnIsRefused(String name) {
    assertThatThrownBy(() -> new Metric(name, Metric.FRACTION, Direction.HIGHER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot name a metric '%s': use lower-case letters, digits and single hyphens, such as top-5-accuracy",
            name);
  }
}
