package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.espalier.base.Refusal;
import org.espalier.sparsity.ErdosRenyiDistribution.Ratio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DistributionTest {
  private final SparseTensors tensors =
      SparseTensors.of(
          new SparseTensor("stem/W", WeightLayout.OUT_IN_HEIGHT_WIDTH, 0, 64, 3, 7, 7),
          new SparseTensor("conv/W", WeightLayout.OUT_IN_HEIGHT_WIDTH, 9408, 512, 512, 3, 3),
          new SparseTensor("fc/W", WeightLayout.IN_OUT, 2_368_704, 512, 1000));
  private final Scores scores = new Scores(SparseTensors.of(), (tensor, out) -> {});

  @Test
  void uniformKeepsTheSameFractionEverywhere() {
    assertThat(kept(new UniformDistribution(), 0.9, 0.9)).containsExactly(940, 235_929, 51_200);
  }

  @Test
  void overridesFollowTheScheduleInProportion() {
    Distribution extended =
        new OverridingDistribution(new UniformDistribution(), Map.of("stem/W", 0.0, "fc/W", 0.8));

    assertThat(kept(extended, 0.98, 0.98)).containsExactly(9408, 47_185, 102_400);
    assertThat(kept(extended, 0.49, 0.98)).containsExactly(9408, 1_203_240, 307_200);
    assertThat(kept(extended, 0, 0.98)).containsExactly(9408, 2_359_296, 512_000);
    assertThat(extended).hasToString("uniform{fc/W=0.8, stem/W=0.0}");
  }

  @Test
  void overridesThatCannotWorkAreRefused() {
    Distribution unknown =
        new OverridingDistribution(new UniformDistribution(), Map.of("stem", 0.5));
    Distribution known =
        new OverridingDistribution(new UniformDistribution(), Map.of("stem/W", 0.5));

    assertThatThrownBy(() -> unknown.validate(tensors, 0.9))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot find a sparse tensor stem in this network: it has 3, the nearest are stem/W,"
                + " fc/W, conv/W.");
    assertThatThrownBy(() -> known.validate(tensors, 0))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot bring stem/W to a sparsity of 0.5: it follows the schedule in proportion and"
                + " the schedule's final sparsity is 0; give the schedule one above 0.");
    assertThatThrownBy(
            () -> new OverridingDistribution(new UniformDistribution(), Map.of("fc/W", 1.0)))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot use 1.0 as the final sparsity of fc/W: ");
  }

  @ParameterizedTest
  @EnumSource(Ratio.class)
  void erdosRenyiReachesTheGlobalSparsityWithDensitiesInProportion(Ratio ratio) {
    ErdosRenyiDistribution distribution = new ErdosRenyiDistribution(ratio);
    double[] densities = distribution.densities(tensors, 0.98);
    int[] kept = kept(distribution, 0.98, 0.98);

    assertThat((double) Arrays.stream(kept).sum() / tensors.totalLength())
        .isCloseTo(0.02, within(3.0 / tensors.totalLength()));
    assertThat(densities[1] / densities[2])
        .isCloseTo(ratio.of(tensors.at(1)) / ratio.of(tensors.at(2)), within(1e-12));
  }

  @Test
  void erdosRenyiRatiosAreThoseOfTheirPapers() {
    assertThat(Ratio.CHANNELS.of(tensors.at(0))).isCloseTo(67.0 / 192, within(1e-15));
    assertThat(Ratio.KERNEL.of(tensors.at(0))).isCloseTo(81.0 / 9408, within(1e-15));
    assertThat(Ratio.KERNEL.of(tensors.at(2)))
        .isCloseTo(Ratio.CHANNELS.of(tensors.at(2)), within(1e-15));
  }

  @Test
  void thinTensorsSaturateAndTheOthersShareTheRest() {
    double[] densities = new ErdosRenyiDistribution(Ratio.CHANNELS).densities(tensors, 0.9);

    assertThat(densities[0]).isEqualTo(1);
    assertThat(densities[1]).isBetween(0.0, 0.2);
    assertThat(kept(new ErdosRenyiDistribution(Ratio.KERNEL), 0, 0.9))
        .containsExactly(9408, 2_359_296, 512_000);
  }

  @Test
  void globalRankingTakesFromWhereScoresAreLow() {
    SparseTensors two =
        SparseTensors.of(
            new SparseTensor("a", WeightLayout.OUT_IN, 0, 1, 100),
            new SparseTensor("b", WeightLayout.OUT_IN, 100, 1, 100));
    float[] weights = new float[200];
    for (int i = 0; i < 200; i++) {
      weights[i] = i < 100 ? -2 - i * 0.01f : i * 0.01f - 1;
    }
    PruningPlan plan =
        PruningPlan.uniform(new ConstantSchedule(0.25), UpdateSteps.every(1, 0, 1))
            .distributedBy(new GlobalDistribution());
    MaskSet masks = new MagnitudePruning(plan).next(AveragedState.initial(two, weights));

    assertThat(masks.mask("a").kept()).isEqualTo(100);
    assertThat(masks.mask("b")).isEqualTo(Mask.where(100, i -> i >= 50));
  }

  @Test
  void distributionsAreFoundByName() {
    for (String name : Distributions.names()) {
      assertThat(Distributions.named(name)).hasToString(name);
    }
    assertThatThrownBy(() -> Distributions.named("erk"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot find the distribution erk: known are uniform, erdos-renyi,"
                + " erdos-renyi-kernel, global.");
  }

  private int[] kept(Distribution distribution, double now, double last) {
    return distribution.kept(tensors, new ScheduledSparsity(now, last), scores);
  }
}
