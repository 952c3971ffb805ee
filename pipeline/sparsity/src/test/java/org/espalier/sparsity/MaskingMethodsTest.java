package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.espalier.base.Refusal;
import org.junit.jupiter.api.Test;

class MaskingMethodsTest {
  private final SparseTensors tensors =
      SparseTensors.of(new SparseTensor("a", WeightLayout.OUT_IN, 0, 1, 10));
  private final AveragedState start = AveragedState.initial(tensors, new float[10]);
  private final MaskSet ticket = MaskSet.of(Map.of("a", Mask.where(10, i -> i < 3)));
  private final PruningPlan plan =
      PruningPlan.uniform(new CubicSchedule(0, 100, 0.5), UpdateSteps.every(10, 0, 100));
  private final MaskingSettings settings = MaskingSettings.seeded(7);

  @Test
  void methodsAreFoundByName() {
    assertThat(MaskingMethods.names()).containsExactly("dense", "magnitude", "random", "fixed");
    assertThat(MaskingMethods.named("dense", settings)).isEqualTo(new Dense());
    assertThat(MaskingMethods.named("magnitude", settings.withPlan(plan)))
        .isEqualTo(new MagnitudePruning(plan));
    assertThat(MaskingMethods.named("random", settings.withPlan(plan)))
        .isEqualTo(new RandomPruning(plan, 7));
    assertThat(MaskingMethods.named("fixed", settings.withMasks(ticket)))
        .isEqualTo(new FixedMasks(ticket));
  }

  @Test
  void unknownNameAndMissingOrForeignSettingsAreRefused() {
    assertThatThrownBy(() -> MaskingMethods.named("magnitud", settings))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot find the masking method magnitud: known are dense, magnitude, random, fixed.");
    assertThatThrownBy(() -> MaskingMethods.named("random", settings))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot prune without a sparsity schedule: give one with a final sparsity, a begin, an"
                + " end and a frequency.");
    assertThatThrownBy(() -> MaskingMethods.named("fixed", settings))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot train with fixed masks without any: name a mask file or a run to take them"
                + " from.");
    assertThatThrownBy(() -> MaskingMethods.named("dense", settings.withKnob("dropFraction", 0.3)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot set dropFraction for the masking method dense: it has no settings of its own.");
  }

  @Test
  void denseNeverMasks() {
    Dense dense = new Dense();
    dense.validate(tensors, 0);

    assertThat(dense.initial(start).sparsity()).isZero();
    assertThat(dense.next(start).sparsity()).isZero();
    assertThat(dense.due(1)).isFalse();
  }

  @Test
  void fixedMasksHoldFromFirstToLast() {
    FixedMasks fixed = new FixedMasks(ticket);
    fixed.validate(tensors, 0);

    assertThat(fixed.initial(start)).isEqualTo(ticket);
    assertThat(fixed.next(start)).isEqualTo(ticket);
    assertThat(fixed.due(1)).isFalse();
    assertThatThrownBy(
            () ->
                fixed.validate(
                    SparseTensors.of(new SparseTensor("b", WeightLayout.OUT_IN, 0, 1, 10)), 1))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot find a sparse tensor a in this network: it has 1, the nearest are b.");
  }

  @Test
  void planThatCannotWorkIsRefusedBeforeAnythingStarts() {
    MaskingMethod sound = new MagnitudePruning(plan);
    sound.validate(tensors, 100);
    PruningPlan withoutEffect =
        PruningPlan.uniform(new CubicSchedule(60, 100, 0.5), UpdateSteps.every(60, 60, 100));

    assertThatThrownBy(() -> sound.validate(tensors, 99))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("it ends at step 100 and training at step 99");
    assertThatThrownBy(() -> new RandomPruning(withoutEffect, 1).validate(tensors, 100))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot prune by cubic(begin=60, end=100, final=0.5) with updates(begin=60, end=100,"
                + " frequency=60, endRule=lastMultiple): at the last mask update, step 60, the"
                + " sparsity is still 0; lower the frequency or use clampToEnd.");
    assertThatThrownBy(
            () ->
                new MagnitudePruning(
                        plan.distributedBy(
                            new OverridingDistribution(
                                new UniformDistribution(), Map.of("conv", 0.5))))
                    .validate(tensors, 100))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot find a sparse tensor conv in this network");
  }

  @Test
  void maskedGradientIsFoundByName() {
    assertThat(MaskedGradient.named("none")).isEqualTo(MaskedGradient.NONE);
    assertThat(MaskedGradient.named("dense")).isEqualTo(MaskedGradient.DENSE);
    assertThatThrownBy(() -> MaskedGradient.named("some"))
        .isInstanceOf(Refusal.class)
        .hasMessage("Cannot find the masked gradient some: known are none, dense.");
  }
}
