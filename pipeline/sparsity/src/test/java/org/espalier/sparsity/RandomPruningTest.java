package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomPruningTest {
  private final SparseTensors tensors =
      SparseTensors.of(
          new SparseTensor("a", WeightLayout.OUT_IN, 0, 50, 101),
          new SparseTensor("b", WeightLayout.OUT_IN, 5050, 100, 100));
  private final float[] weights = new float[15_050];
  private final PruningPlan plan =
      PruningPlan.uniform(new CubicSchedule(0, 1000, 0.98), UpdateSteps.every(50, 0, 1000));

  @Test
  void masksOnlyGrowAndHoldTheExactCounts() {
    RandomPruning method = new RandomPruning(plan, 3);
    MaskSet masks = method.initial(AveragedState.initial(tensors, weights));
    for (long step = 1; step <= 1000; step++) {
      if (method.due(step)) {
        MaskSet next = method.next(AveragedState.after(step, tensors, weights, masks));
        double sparsity = plan.schedule().sparsityAt(step);
        assertThat(next.reactivatedSince(masks)).isZero();
        assertThat(next.mask("a").kept()).isEqualTo((int) ExactCount.kept(5050, sparsity));
        assertThat(next.mask("b").kept()).isEqualTo((int) ExactCount.kept(10_000, sparsity));
        masks = next;
      }
    }
    assertThat(masks.mask("a").kept()).isEqualTo(101);
    assertThat(Long.toHexString(masks.hash())).isEqualTo("1ebbca61abbd9bf7");
  }

  @Test
  void maskedWeightsStayMaskedEvenUnderMasksOfAnotherOrigin() {
    MaskSet foreign =
        MaskSet.of(
            Map.of("a", Mask.where(5050, i -> i < 100), "b", Mask.where(10_000, i -> i > 5000)));
    MaskSet next =
        new RandomPruning(plan, 3).next(AveragedState.after(200, tensors, weights, foreign));

    assertThat(next.reactivatedSince(foreign)).isZero();
    assertThat(next.mask("a")).isEqualTo(foreign.mask("a"));
  }

  @Test
  void drawDependsOnSeedAndTensorAndIsEven() {
    MaskSet masks = at(1000, 3);

    assertThat(at(1000, 3)).isEqualTo(masks);
    assertThat(at(1000, 4)).isNotEqualTo(masks);
    Mask half = at(206, 3).mask("b");
    Mask halfOfA = at(206, 3).mask("a");
    int front = 0;
    int common = 0;
    for (int i = 0; i < 5000; i++) {
      front += half.isKept(i) ? 1 : 0;
      common += half.isKept(i) && halfOfA.isKept(i) ? 1 : 0;
    }
    assertThat(front / 5000.0).isCloseTo(0.5, within(0.03));
    assertThat(common / 5000.0).isCloseTo(0.25, within(0.03));
  }

  private MaskSet at(long step, long seed) {
    return new RandomPruning(plan, seed)
        .next(AveragedState.after(step, tensors, weights, MaskSet.dense(tensors)));
  }
}
