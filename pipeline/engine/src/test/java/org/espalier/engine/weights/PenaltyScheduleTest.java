package org.espalier.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PenaltyScheduleTest {
  @Test
  void constantAndLinearFollowTheStep() {
    assertThat(PenaltySchedule.constant(0.5).at(0)).isEqualTo(0.5);
    PenaltySchedule linear = PenaltySchedule.linear(0.5, 100, 200);
    assertThat(linear.at(99)).isZero();
    assertThat(linear.at(150)).isEqualTo(0.125);
    assertThat(linear.at(300)).isEqualTo(0.5);
    assertThat(linear.at(10_000)).isEqualTo(0.5);
  }

  @Test
  void cubicIsAveragedOverTheSteps() {
    PenaltySchedule cubic = PenaltySchedule.cubic(2, 5, 40);
    double average = 0;
    for (long step = 0; step < 2_000; step++) {
      double x = Math.min(1, Math.max(0, (step - 5) / 40.0));
      average = 0.9 * average + 0.1 * 2 * (1 - Math.pow(1 - x, 3));
      assertThat(cubic.at(step)).isCloseTo(average, within(1e-12));
    }
    assertThat(cubic.at(100_000)).isCloseTo(2, within(1e-12));
  }

  @Test
  void aSchedulePrintsItself() {
    assertThat(PenaltySchedule.constant(0.25)).hasToString("0.250");
    assertThat(PenaltySchedule.cubic(2, 5, 40)).hasToString("2.00, cubic over steps 5 to 45");
    assertThat(PenaltySchedule.linear(1.0 / 60_000, 3_000, 9_000).inStairsOf(600))
        .hasToString("1.67e-05, linear over steps 3000 to 12000 in stairs of 600");
  }

  @Test
  void impossibleRampsAreRefused() {
    assertThatThrownBy(() -> PenaltySchedule.linear(1, 10, 0))
        .hasMessage(
            "Cannot ramp a penalty up from step 10 over 0 steps: it must begin at 0 or later and last at least 1 step.");
    assertThatThrownBy(() -> PenaltySchedule.constant(-1))
        .hasMessage("Cannot weigh a penalty by -1.0: the weight must be a number of at least 0.");
  }
}
