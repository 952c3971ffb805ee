package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.junit.jupiter.api.Test;

class MaskingMethodsTest {
  private static final Map<String, String> PLAN =
      Map.of("sparsity.target", "0.5", "sparsity.end", "100", "sparsity.frequency", "10");

  private final SparseTensors tensors =
      SparseTensors.of(new SparseTensor("a", WeightLayout.OUT_IN, 0, 1, 10));
  private final AveragedState start = AveragedState.initial(tensors, new float[10]);
  private final MaskSet ticket = MaskSet.of(Map.of("a", Mask.where(10, i -> i < 3)));
  private final PruningPlan plan =
      PruningPlan.uniform(new CubicSchedule(0, 100, 0.5), UpdateSteps.every(10, 0, 100));

  @Test
  void methodsAreFoundByName() {
    assertThat(MaskingMethods.all())
        .extracting(MaskingMethodProvider::name)
        .startsWith("dense", "magnitude", "random", "set", "rigl", "fixed");
    assertThat(method("dense", Map.of())).isEqualTo(new Dense());
    assertThat(method("magnitude", PLAN)).isEqualTo(new MagnitudePruning(plan));
    assertThat(method("random", PLAN)).isEqualTo(new RandomPruning(plan, 7));
    assertThat(method("fixed", Map.of())).isEqualTo(new FixedMasks(ticket));
  }

  @Test
  void aMethodOfAnotherJarIsFoundByTheLineThatItBrings() {
    assertThat(MaskingMethods.all()).extracting(MaskingMethodProvider::name).endsWith("lamp");
    assertThat(method("lamp", PLAN)).isEqualTo(new LampPruning(plan));
  }

  @Test
  void anExchangeIsWhatItsKeysSay() {
    Map<String, String> written =
        Map.of(
            "sparsity.target", "0.9",
            "sparsity.distribution", "erdos-renyi-kernel",
            "sparsity.end", "75",
            "sparsity.frequency", "5",
            "sparsity.dropFraction", "0.2",
            "sparsity.dropDecay", "constant");
    ConnectionExchange exchange =
        new ConnectionExchange(
            PruningPlan.uniform(new ConstantSchedule(0.9), UpdateSteps.every(5, 0, 75))
                .distributedBy(new ErdosRenyiDistribution(ErdosRenyiDistribution.Ratio.KERNEL)),
            new DropFraction(0.2, DropFraction.Decay.CONSTANT, 75),
            7);
    assertThat(method("set", written)).isEqualTo(new SparseEvolution(exchange));
    assertThat(method("rigl", written)).isEqualTo(new RiggedLottery(exchange));
    assertThatThrownBy(() -> provider("rigl").check(settings("rigl", Map.of())))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot prune with sparsity.method = rigl: sparsity.target is 0; set it above 0, or the method to dense.");
  }

  @Test
  void aPlanIsWhatItsKeysSay() {
    Map<String, String> written =
        Map.of(
            "sparsity.target", "0.8",
            "sparsity.schedule", "one-shot",
            "sparsity.end", "50",
            "sparsity.frequency", "5",
            "sparsity.endRule", "clampToEnd",
            "sparsity.distribution", "global",
            "sparsity.tensors.a", "0.25");
    assertThat(method("magnitude", written))
        .isEqualTo(
            new MagnitudePruning(
                new PruningPlan(
                    new OneShotSchedule(50, 0.8),
                    new UpdateSteps(0, 50, 5, EndRule.CLAMP_TO_END),
                    new OverridingDistribution(new GlobalDistribution(), Map.of("a", 0.25)),
                    Selection.exact())));
  }

  @Test
  void whatAMethodCannotDoWithoutIsRefused() {
    assertThatThrownBy(() -> provider("random").check(settings("random", Map.of())))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot prune with sparsity.method = random: sparsity.target is 0; set it above 0, or the method to dense.");
    MaskingMethodProvider fixed = provider("fixed");
    assertThatThrownBy(
            () ->
                fixed.create(new MaskingContext(settings("fixed", Map.of()), 7, Optional.empty())))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot train with fixed masks without any: name a mask file or a run to take them"
                + " from.");
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

  private MaskingMethod method(String name, Map<String, String> written) {
    return provider(name)
        .create(new MaskingContext(settings(name, written), 7, Optional.of(ticket)));
  }

  private static Settings settings(String name, Map<String, String> written) {
    return Settings.of(provider(name).keys(), written);
  }

  private static MaskingMethodProvider provider(String name) {
    return MaskingMethods.all().stream()
        .filter(candidate -> candidate.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
