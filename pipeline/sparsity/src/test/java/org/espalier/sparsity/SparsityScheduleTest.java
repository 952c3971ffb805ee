package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparsityScheduleTest {
  @Test
  void cubicIsFastFirstAndSlowLast() {
    CubicSchedule schedule = new CubicSchedule(100, 200, 0.8);

    assertThat(schedule.sparsityAt(0)).isZero();
    assertThat(schedule.sparsityAt(100)).isZero();
    assertThat(schedule.sparsityAt(150)).isCloseTo(0.7, within(1e-15));
    assertThat(schedule.sparsityAt(200)).isEqualTo(0.8);
    assertThat(schedule.sparsityAt(1_000_000)).isEqualTo(0.8);
  }

  @Test
  void cubicNeverDecreasesAndStaysBelowItsEnd() {
    CubicSchedule schedule = new CubicSchedule(3, 1003, 0.9);
    for (long step = 1; step < 1100; step++) {
      assertThat(schedule.sparsityAt(step))
          .isBetween(schedule.sparsityAt(step - 1), schedule.finalSparsity());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.499996",
    "100000, 0.4999922",
    "200000, 0.4999815",
    "300000, 0.4999375",
    "400000, 0.4995"
  })
  void transformerRunsThatPruneToTheLastStepStopOneIntervalShort(long begin, double measured) {
    UpdateSteps updates = UpdateSteps.every(10_000, begin, 500_000);
    long lastUpdate = updates.lastUpdate(500_000 - 1).orElseThrow();

    assertThat(lastUpdate).isEqualTo(490_000);
    assertThat(new CubicSchedule(begin, 500_000, 0.5).sparsityAt(lastUpdate))
        .isCloseTo(measured, within(5e-8));
  }

  @ParameterizedTest
  @CsvSource({"0.98, 20000, 40000, 8000, 0.97216", "0.8, 12500, 40000, 2000, 0.7998701728024042"})
  void targetIsMissedWhereTheFrequencySkipsTheEndUnlessClamped(
      double target, long begin, long end, long frequency, double reached) {
    SparsitySchedule schedule = new CubicSchedule(begin, end, target);
    UpdateSteps paper = UpdateSteps.every(frequency, begin, end);
    UpdateSteps clamped = new UpdateSteps(begin, end, frequency, EndRule.CLAMP_TO_END);

    assertThat(schedule.sparsityAt(paper.lastUpdate(128_000).orElseThrow()))
        .isCloseTo(reached, within(1e-12));
    assertThat(schedule.sparsityAt(clamped.lastUpdate(128_000).orElseThrow())).isEqualTo(target);
  }

  @Test
  void constantHoldsFromTheStartAndOneShotFromItsStep() {
    assertThat(new ConstantSchedule(0.9).sparsityAt(0)).isEqualTo(0.9);
    assertThat(new OneShotSchedule(7, 0.9).sparsityAt(6)).isZero();
    assertThat(new OneShotSchedule(7, 0.9).sparsityAt(7)).isEqualTo(0.9);
    assertThat(new CubicSchedule(7, 7, 0.9).sparsityAt(6)).isZero();
    assertThat(new CubicSchedule(7, 7, 0.9).sparsityAt(7)).isEqualTo(0.9);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.0, -0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void impossibleSparsitiesAreRefused(double sparsity) {
    String rest = ": a sparsity is the fraction of weights that are zero, at least 0 and below 1.";

    assertThatThrownBy(() -> new CubicSchedule(0, 1, sparsity))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot use " + sparsity + " as the final sparsity" + rest);
    assertThatThrownBy(() -> new ConstantSchedule(sparsity))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot use " + sparsity + " as the sparsity" + rest);
    assertThatThrownBy(() -> new OneShotSchedule(1, sparsity))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot use " + sparsity + " as the final sparsity" + rest);
  }

  @Test
  void stepsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new CubicSchedule(10, 9, 0.5))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot end a cubic schedule at step 9: the begin is step 10; choose an end at that"
                + " step or later.");
    assertThatThrownBy(() -> new OneShotSchedule(-1, 0.5))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot begin a one-shot schedule at step -1: it must be step 0 or later.");
  }

  @Test
  void scheduleThatOutlivesTrainingIsRefused() {
    CubicSchedule schedule = new CubicSchedule(10, 100, 0.5);
    schedule.validate(100);

    assertThatThrownBy(() -> schedule.validate(99))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot follow cubic(begin=10, end=100, final=0.5): it ends at step 100 and training"
                + " at step 99; end the schedule earlier or train longer.");
  }

  @Test
  void schedulesAreFoundByName() {
    assertThat(SparsitySchedules.named("cubic", 1, 2, 0.5)).isEqualTo(new CubicSchedule(1, 2, 0.5));
    assertThat(SparsitySchedules.named("constant", 1, 2, 0.5)).isEqualTo(new ConstantSchedule(0.5));
    assertThat(SparsitySchedules.named("one-shot", 1, 2, 0.5))
        .isEqualTo(new OneShotSchedule(2, 0.5));
    assertThatThrownBy(() -> SparsitySchedules.named("linear", 1, 2, 0.5))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot find the sparsity schedule linear: known are cubic, constant, one-shot.");
  }
}
