package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.espalier.base.Mix64;
import org.junit.jupiter.api.Test;

/** Methods that come later can be written against the interfaces as they are. */
class ExchangeMethodsTest {
  private final SparseTensors tensors =
      SparseTensors.of(
          new SparseTensor("a", WeightLayout.OUT_IN, 0, 10, 20),
          new SparseTensor("b", WeightLayout.OUT_IN, 200, 10, 40));
  private final float[] weights = noise(1);

  @Test
  void connectionsCanBeExchangedByAveragedGradients() {
    Exchange rigl = new Exchange(new ErdosRenyiDistribution(ErdosRenyiDistribution.Ratio.KERNEL));
    rigl.validate(tensors, 1000);
    float[] gradients = noise(2);
    MaskSet start = rigl.initial(AveragedState.initial(tensors, weights));
    MaskSet next =
        rigl.next(AveragedState.after(100, tensors, weights, start).withGradients(gradients));

    assertThat(rigl.needsGradients()).isTrue();
    assertThat(rigl.regrowth()).isEqualTo(Regrowth.ZERO);
    assertThat(next.kept()).isEqualTo(start.kept());
    assertThat(next.reactivatedSince(start)).isPositive();
    for (SparseTensor tensor : tensors) {
      Mask old = start.mask(tensor.name());
      Mask now = next.mask(tensor.name());
      DoubleStream grown = values(gradients, tensor, i -> now.isKept(i) && !old.isKept(i));
      DoubleStream left = values(gradients, tensor, i -> !now.isKept(i) && !old.isKept(i));
      assertThat(grown.min().orElseThrow()).isGreaterThan(left.max().orElseThrow());
    }
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

  /** Drops a third of the smallest kept weights, grows as many with the largest gradients. */
  private record Exchange(Distribution distribution) implements MaskingMethod {
    @Override
    public void validate(SparseTensors tensors, long lastStep) {
      distribution.validate(tensors, 0.8);
    }

    @Override
    public MaskSet initial(AveragedState state) {
      PruningPlan plan =
          PruningPlan.uniform(new ConstantSchedule(0.8), UpdateSteps.every(1, 0, 1))
              .distributedBy(distribution);
      return new RandomPruning(plan, 5).initial(state);
    }

    @Override
    public boolean due(long step) {
      return step % 100 == 0;
    }

    @Override
    public MaskSet next(AveragedState state) {
      Map<String, Mask> next = new LinkedHashMap<>();
      for (SparseTensor tensor : state.tensors()) {
        Mask current = state.masks().mask(tensor.name());
        int exchanged = current.kept() / 3;
        Mask survivors =
            new Scores(state.tensors(), restrictedTo(current, state.weights()))
                .highest(tensor, current.kept() - exchanged);
        Mask candidates = Mask.where(tensor.length(), i -> !current.isKept(i));
        Mask grown =
            new Scores(state.tensors(), restrictedTo(candidates, state.gradients()))
                .highest(tensor, exchanged);
        next.put(
            tensor.name(),
            Mask.where(tensor.length(), i -> survivors.isKept(i) || grown.isKept(i)));
      }
      return MaskSet.of(next);
    }

    @Override
    public boolean needsGradients() {
      return true;
    }

    @Override
    public Regrowth regrowth() {
      return Regrowth.ZERO;
    }

    private static Score restrictedTo(Mask mask, float[] vector) {
      return (tensor, scores) -> {
        for (int i = 0; i < tensor.length(); i++) {
          scores[i] = mask.isKept(i) ? Math.abs(vector[tensor.offset() + i]) : -1f;
        }
      };
    }
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
