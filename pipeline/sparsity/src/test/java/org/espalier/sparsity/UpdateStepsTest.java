package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateStepsTest {
  private static final long LAST_STEP = 130;

  @ParameterizedTest
  @CsvSource({
    "0, 100, 10",
    "0, 100, 30",
    "10, 100, 10",
    "40, 100, 7",
    "3, 100, 10",
    "9, 9, 9",
    "9, 9, 10",
    "0, 0, 1",
    "100, 100, 100",
    "5, 100, 1",
    "0, 5, 10",
    "20, 130, 60"
  })
  void everyDueStepIsOneOfTheRuleWithMemory(long begin, long end, long frequency) {
    List<Long> expected = byTheRuleWithMemory(begin, end, frequency);
    UpdateSteps updates = UpdateSteps.every(frequency, begin, end);

    assertThat(dueSteps(updates)).isEqualTo(expected);
    for (long step = 0; step <= LAST_STEP; step++) {
      long now = step;
      assertThat(updates.lastUpdate(step).stream().boxed().toList())
          .isEqualTo(
              expected.stream().filter(due -> due <= now).reduce((a, b) -> b).stream().toList());
    }
  }

  @Test
  void firstUpdateIsAtTheLargerOfBeginAndFrequency() {
    assertThat(dueSteps(UpdateSteps.every(30, 0, 100))).containsExactly(30L, 60L, 90L);
    assertThat(dueSteps(UpdateSteps.every(30, 10, 100))).containsExactly(30L, 60L, 90L);
    assertThat(dueSteps(UpdateSteps.every(30, 35, 100))).containsExactly(35L, 65L, 95L);
  }

  @Test
  void clampedUpdatesEndAtTheEnd() {
    UpdateSteps skipped = new UpdateSteps(35, 100, 30, EndRule.CLAMP_TO_END);
    UpdateSteps met = new UpdateSteps(40, 100, 30, EndRule.CLAMP_TO_END);
    UpdateSteps never = new UpdateSteps(0, 100, 300, EndRule.CLAMP_TO_END);

    assertThat(dueSteps(skipped)).containsExactly(35L, 65L, 95L, 100L);
    assertThat(dueSteps(met)).containsExactly(40L, 70L, 100L);
    assertThat(dueSteps(never)).containsExactly(100L);
    assertThat(skipped.lastUpdate(99)).hasValue(95);
    assertThat(skipped.lastUpdate(100)).hasValue(100);
    assertThat(skipped.lastUpdate(128)).hasValue(100);
  }

  @Test
  void onceIsDueOnce() {
    assertThat(dueSteps(UpdateSteps.once(7))).containsExactly(7L);
    assertThatThrownBy(() -> UpdateSteps.once(0))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot update masks once at step 0: updates follow a step, so it must be at least"
                + " 1.");
  }

  @Test
  void impossibleStepsAreRefused() {
    assertThatThrownBy(() -> UpdateSteps.every(0, 0, 10))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot update masks every 0 steps: the frequency must be at least 1.");
    assertThatThrownBy(() -> UpdateSteps.every(1, 11, 10))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot end mask updates at step 10: the begin is step 11; choose an end at that step"
                + " or later.");
    assertThatThrownBy(() -> EndRule.named("clamp"))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot find the end rule clamp: known are lastMultiple, clampToEnd.");
    assertThat(EndRule.named("clampToEnd")).isEqualTo(EndRule.CLAMP_TO_END);
  }

  @Test
  void updatesThatOutliveTrainingOrNeverHappenAreRefused() {
    UpdateSteps.every(10, 0, 100).validate(100);

    assertThatThrownBy(() -> UpdateSteps.every(10, 0, 100).validate(99))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot follow updates(begin=0, end=100, frequency=10, endRule=lastMultiple): mask"
                + " updates end at step 100 and training at step 99; end the updates earlier or"
                + " train longer.");
    assertThatThrownBy(() -> UpdateSteps.every(300, 0, 100).validate(1000))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot follow updates(begin=0, end=100, frequency=300, endRule=lastMultiple): the"
                + " first mask update would be at step 300, after the end; lower the frequency or"
                + " move the end.");
  }

  private static List<Long> dueSteps(UpdateSteps updates) {
    return LongStream.rangeClosed(0, LAST_STEP).filter(updates::due).boxed().toList();
  }

  private static List<Long> byTheRuleWithMemory(long begin, long end, long frequency) {
    List<Long> updates = new ArrayList<>();
    long last = 0;
    for (long step = 0; step <= LAST_STEP; step++) {
      if (begin <= step && step <= end && step >= last + frequency) {
        updates.add(step);
        last = step;
      }
    }
    return updates;
  }
}
