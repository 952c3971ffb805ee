package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.espalier.base.Mix64;
import org.junit.jupiter.api.Test;

/** SET and RigL, and parts of methods that come later, against the interfaces as they are. */
class ExchangeMethodsTest {
  private final SparseTensors tensors =
      SparseTensors.of(
          new SparseTensor("a", WeightLayout.OUT_IN, 0, 10, 20),
          new SparseTensor("b", WeightLayout.OUT_IN, 200, 10, 40));
  private final float[] weights = noise(1);

  private final float[] gradients = noise(2);

  @Test
  void rigLGrowsWhereGradientsAreLargest() {
    RiggedLottery rigl = new RiggedLottery(exchange(DropFraction.Decay.COSINE));
    rigl.validate(tensors, 1000);
    MaskSet start = rigl.initial(AveragedState.initial(tensors, weights));
    MaskSet next =
        rigl.next(AveragedState.after(100, tensors, weights, start).withGradients(gradients));

    assertThat(rigl.needsGradients()).isTrue();
    assertThat(rigl.regrowth()).isEqualTo(Regrowth.ZERO);
    for (SparseTensor tensor : tensors) {
      Mask old = start.mask(tensor.name());
      Mask now = next.mask(tensor.name());
      requireSmallestDropped(tensor, old, now);
      DoubleStream grown = values(gradients, tensor, i -> now.isKept(i) && !old.isKept(i));
      DoubleStream left = values(gradients, tensor, i -> !now.isKept(i));
      assertThat(grown.min().orElseThrow()).isGreaterThan(left.max().orElseThrow());
    }
  }

  @Test
  void setGrowsAtRandomAndElsewhereInEveryUpdate() {
    SparseEvolution set = new SparseEvolution(exchange(DropFraction.Decay.CONSTANT));
    MaskSet start = set.initial(AveragedState.initial(tensors, weights));
    MaskSet next = set.next(AveragedState.after(100, tensors, weights, start));
    MaskSet again = set.next(AveragedState.after(100, tensors, weights, start));
    MaskSet later = set.next(AveragedState.after(200, tensors, weights, start));

    assertThat(set.needsGradients()).isFalse();
    assertThat(set.regrowth()).isEqualTo(Regrowth.ZERO);
    assertThat(next).isEqualTo(again).isNotEqualTo(later).isNotEqualTo(start);
    tensors.forEach(
        tensor ->
            requireSmallestDropped(tensor, start.mask(tensor.name()), next.mask(tensor.name())));
  }

  /** What both share: the count stays, and what went is smaller than what stayed. */
  private void requireSmallestDropped(SparseTensor tensor, Mask old, Mask now) {
    assertThat(now.kept()).isEqualTo(old.kept()).isPositive();
    assertThat(now.reactivatedSince(old)).isPositive();
    DoubleStream dropped = values(weights, tensor, i -> old.isKept(i) && !now.isKept(i));
    DoubleStream stayed = values(weights, tensor, i -> old.isKept(i) && now.isKept(i));
    double largestDropped = dropped.max().orElseThrow();
    assertThat(stayed.filter(weight -> weight > largestDropped).count())
        .isGreaterThan(old.kept() * 6L / 10);
  }

  @Test
  void theFractionShrinksAsACosine() {
    DropFraction cosine = new DropFraction(0.3, DropFraction.Decay.COSINE, 1000);
    assertThat(cosine.at(0)).isEqualTo(0.3);
    assertThat(cosine.at(500)).isCloseTo(0.15, within(1e-12));
    assertThat(cosine.at(1000)).isCloseTo(0, within(1e-12));
    assertThat(new DropFraction(0.3, DropFraction.Decay.CONSTANT, 1000).at(900)).isEqualTo(0.3);
  }

  @Test
  void theLastUpdateOfACosineExchangesNothing() {
    SparseEvolution set = new SparseEvolution(exchange(DropFraction.Decay.COSINE));
    MaskSet start = set.initial(AveragedState.initial(tensors, weights));
    assertThat(set.next(AveragedState.after(1000, tensors, weights, start))).isEqualTo(start);
  }

  private static ConnectionExchange exchange(DropFraction.Decay decay) {
    PruningPlan plan =
        PruningPlan.uniform(new ConstantSchedule(0.8), UpdateSteps.every(100, 0, 1000))
            .distributedBy(new ErdosRenyiDistribution(ErdosRenyiDistribution.Ratio.KERNEL));
    return new ConnectionExchange(plan, new DropFraction(0.3, decay, 1000), 5);
  }

  @Test
  void selectionCanHaveAPatternOfItsOwn() {
    PruningPlan twoOfFour =
        PruningPlan.uniform(new ConstantSchedule(0.5), UpdateSteps.every(10, 0, 100))
            .selectedBy(new TwoOfFour());
    MaskSet masks =
        new MagnitudePruning(twoOfFour).initial(AveragedState.initial(tensors, weights));

    for (Mask mask : masks.byName().values()) {
      for (int group = 0; group < mask.length(); group += 4) {
        int kept = 0;
        for (int i = group; i < group + 4; i++) {
          kept += mask.isKept(i) ? 1 : 0;
        }
        assertThat(kept).isEqualTo(2);
      }
    }
  }

  @Test
  void sparsityCanRiseInLevels() {
    PruningPlan levels = PruningPlan.uniform(new Levels(3, 100), UpdateSteps.every(100, 100, 300));
    MagnitudePruning method = new MagnitudePruning(levels);
    method.validate(tensors, 400);
    MaskSet masks = method.initial(AveragedState.initial(tensors, weights));
    for (long step = 1; step <= 400; step++) {
      if (method.due(step)) {
        masks = method.next(AveragedState.after(step, tensors, weights, masks));
      }
    }

    assertThat(masks.mask("a").kept()).isEqualTo((int) (200 * 0.8 * 0.8 * 0.8));
  }

  private record TwoOfFour() implements Selection {
    @Override
    public Mask select(SparseTensor tensor, Scores scores, int kept) {
      float[] ranked = scores.of(tensor);
      return Mask.where(
          tensor.length(),
          i -> {
            int better = 0;
            for (int j = i & ~3; j < (i & ~3) + 4; j++) {
              better += ranked[j] > ranked[i] || (ranked[j] == ranked[i] && j < i) ? 1 : 0;
            }
            return better < 2;
          });
    }
  }

  private record Levels(int count, long interval) implements SparsitySchedule {
    @Override
    public double sparsityAt(long step) {
      return 1 - Math.pow(0.8, Math.min(count, (int) (step / interval)));
    }

    @Override
    public double finalSparsity() {
      return sparsityAt(end());
    }

    @Override
    public long end() {
      return count * interval;
    }
  }

  private static DoubleStream values(float[] vector, SparseTensor tensor, IntPredicate among) {
    return IntStream.range(0, tensor.length())
        .filter(among)
        .mapToDouble(i -> vector[tensor.offset() + i]);
  }

  private static float[] noise(long key) {
    float[] noise = new float[600];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) Mix64.unit(key, i);
    }
    return noise;
  }
}
