package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MagnitudePruningTest {
  private final SparseTensors tensors =
      SparseTensors.of(
          new SparseTensor("a", WeightLayout.OUT_IN, 1, 1, 10),
          new SparseTensor("b", WeightLayout.OUT_IN, 12, 2, 2));
  private final float[] weights = {
    9, 1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 9, 0.1f, -0.4f, 0.3f, 0.2f, 9
  };
  private final MagnitudePruning halve =
      new MagnitudePruning(
          PruningPlan.uniform(new CubicSchedule(10, 100, 0.5), UpdateSteps.every(10, 10, 100)));

  @Test
  void largestMagnitudesOfEveryTensorAreKept() {
    MaskSet masks = halve.next(AveragedState.after(100, tensors, weights, MaskSet.dense(tensors)));

    assertThat(masks.mask("a")).isEqualTo(Mask.where(10, i -> i >= 5));
    assertThat(masks.mask("b")).isEqualTo(Mask.where(4, i -> i == 1 || i == 2));
    assertThat(Long.toHexString(masks.hash())).isEqualTo("10e8e8f19d6dfba8");
  }

  @Test
  void maskedWeightThatOutgrowsAKeptOneComesBack() {
    MaskSet before = halve.next(AveragedState.after(100, tensors, weights, MaskSet.dense(tensors)));
    float[] moved = weights.clone();
    moved[1] = -6.5f;
    MaskSet after = halve.next(AveragedState.after(100, tensors, moved, before));

    assertThat(before.mask("a").isKept(0)).isFalse();
    assertThat(after.mask("a")).isEqualTo(Mask.where(10, i -> i == 0 || i > 5));
    assertThat(after.reactivatedSince(before)).isEqualTo(1);
  }

  @Test
  void masksAreDenseUntilTheScheduleBeginsAndSparseAtOnceIfItIsConstant() {
    AveragedState start = AveragedState.initial(tensors, weights);
    MagnitudePruning constant =
        new MagnitudePruning(
            PruningPlan.uniform(new ConstantSchedule(0.5), UpdateSteps.every(10, 10, 100)));

    assertThat(halve.initial(start)).isEqualTo(MaskSet.dense(tensors));
    assertThat(constant.initial(start).kept()).isEqualTo(7);
  }

  @Test
  void updatesAreDueByThePlan() {
    assertThat(halve.due(10)).isTrue();
    assertThat(halve.due(15)).isFalse();
    assertThat(halve.due(110)).isFalse();
    assertThat(halve.needsGradients()).isFalse();
    assertThat(halve.regrowth()).isEqualTo(Regrowth.RAW_WEIGHT);
    assertThat(halve)
        .hasToString(
            "magnitude(cubic(begin=10, end=100, final=0.5), updates(begin=10, end=100,"
                + " frequency=10, endRule=lastMultiple), uniform, exact)");
  }

  @Test
  void divergedWeightsEndTheRun() {
    weights[3] = Float.NaN;

    assertThatThrownBy(
            () -> halve.next(AveragedState.after(100, tensors, weights, MaskSet.dense(tensors))))
        .isInstanceOf(NotANumberScoreException.class)
        .hasMessageStartingWith("Cannot rank the weights of a: the score at flat index 2 ");
  }

  @Test
  void stateOfAnotherNetworkIsRefused() {
    assertThatThrownBy(() -> AveragedState.initial(tensors, new float[15]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot find b[2, 2]@12 in a flat vector of 15 weights");
    assertThatThrownBy(
            () -> AveragedState.after(1, tensors, weights, MaskSet.of(Map.of("a", Mask.all(10)))))
        .hasMessageStartingWith("Cannot use these masks: they lack one for");
    assertThatThrownBy(() -> AveragedState.initial(tensors, weights).gradients())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot look at gradients at step 0: a masking method must say that it needs them");
  }
}
