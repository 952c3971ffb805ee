package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.espalier.base.Mix64;
import org.junit.jupiter.api.Test;

class LampPruningTest {
  private static final PruningPlan UNIFORM =
      PruningPlan.uniform(new CubicSchedule(0, 100, 0.9), UpdateSteps.every(10, 0, 100));
  private static final PruningPlan GLOBAL = UNIFORM.distributedBy(new GlobalDistribution());

  private final SparseTensors tensors =
      SparseTensors.of(
          new SparseTensor("large", WeightLayout.OUT_IN, 3, 10, 20),
          new SparseTensor("small", WeightLayout.OUT_IN, 210, 8, 25));
  private final float[] weights = weights();

  @Test
  void theHighestScoresOfTheNetworkAreKept() {
    MaskSet masks = new LampPruning(GLOBAL).next(after(100));

    List<Place> ranked = new ArrayList<>();
    for (SparseTensor tensor : tensors) {
      for (int i = 0; i < tensor.length(); i++) {
        ranked.add(new Place(tensor, i, byDefinition(tensor, i)));
      }
    }
    ranked.sort(Comparator.comparingDouble(Place::score).reversed());
    for (int rank = 0; rank < ranked.size(); rank++) {
      Place place = ranked.get(rank);
      assertThat(masks.mask(place.tensor().name()).isKept(place.index())).isEqualTo(rank < 40);
    }
  }

  @Test
  void aTensorOfSmallWeightsIsNotEmptied() {
    MaskSet byScore = new LampPruning(GLOBAL).next(after(100));
    MaskSet byMagnitude = new MagnitudePruning(GLOBAL).next(after(100));

    assertThat(byMagnitude.mask("small").kept()).isZero();
    assertThat(byScore.mask("small").kept()).isBetween(10, 30);
  }

  @Test
  void insideATensorTheOrderIsThatOfMagnitudes() {
    assertThat(new LampPruning(UNIFORM).next(after(50)))
        .isEqualTo(new MagnitudePruning(UNIFORM).next(after(50)));
  }

  @Test
  void masksAreDenseAtFirstAndUpdatedByThePlan() {
    LampPruning method = new LampPruning(GLOBAL);
    method.validate(tensors, 100);

    assertThat(method.initial(AveragedState.initial(tensors, weights)))
        .isEqualTo(MaskSet.dense(tensors));
    assertThat(method.due(10)).isTrue();
    assertThat(method.due(15)).isFalse();
    assertThat(method).hasToString("lamp(" + GLOBAL + ")");
  }

  @Test
  void zerosScoreLowestAndDivergedWeightsEndTheRun() {
    for (int i = 0; i < 200; i++) {
      weights[3 + i] = 0;
    }
    assertThat(new LampPruning(GLOBAL).next(after(100)).mask("large").kept()).isZero();

    weights[3] = Float.NaN;
    assertThatThrownBy(() -> new LampPruning(GLOBAL).next(after(100)))
        .isInstanceOf(NotANumberScoreException.class);
  }

  private AveragedState after(long step) {
    return AveragedState.after(step, tensors, weights, MaskSet.dense(tensors));
  }

  /** As the paper says it, weight by weight. */
  private double byDefinition(SparseTensor tensor, int index) {
    double own = Math.pow(weights[tensor.offset() + index], 2);
    double sum = 0;
    for (int i = 0; i < tensor.length(); i++) {
      double square = Math.pow(weights[tensor.offset() + i], 2);
      sum += square >= own ? square : 0;
    }
    return own / sum;
  }

  /** Different numbers, those of the second tensor a thousandth of the first one's. */
  private static float[] weights() {
    float[] weights = new float[410];
    for (int i = 0; i < weights.length; i++) {
      double unit = 0.1 + Mix64.unit(7, i);
      weights[i] = (float) ((i % 2 == 0 ? unit : -unit) * (i < 210 ? 1 : 1e-3));
    }
    return weights;
  }

  private record Place(SparseTensor tensor, int index, double score) {}
}
