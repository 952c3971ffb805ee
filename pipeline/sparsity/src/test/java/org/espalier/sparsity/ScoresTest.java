package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.base.Mix64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoresTest {
  private static final Map<String, IntFunction<Float>> DATA =
      Map.of(
          "spread", i -> (float) (Mix64.unit(1, i) - 0.5),
          "few values", i -> Mix64.below(4, 2, i) * 0.25f - 0.25f,
          "all equal", i -> 0.125f,
          "signed zeros", i -> i % 3 == 0 ? -0f : i % 3 == 1 ? 0f : -1f,
          "close together", i -> Math.nextUp(1f) - Mix64.below(3, 3, i) * Math.ulp(1f),
          "extremes",
              i ->
                  new float[] {
                        Float.POSITIVE_INFINITY,
                        Float.NEGATIVE_INFINITY,
                        Float.MIN_VALUE,
                        -Float.MAX_VALUE
                      }
                      [Mix64.below(4, 4, i)]);

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 1000})
  void highestAreThoseOfASortWithTiesByIndex(int length) {
    SparseTensor tensor = new SparseTensor("w", WeightLayout.OUT_IN, 0, 1, length);
    DATA.forEach(
        (name, data) -> {
          Scores scores = scores(SparseTensors.of(tensor), data);
          for (int kept = 0; kept <= length; kept += Math.max(1, length / 50)) {
            Set<Integer> expected = sorted(length, kept, data);
            assertThat(scores.highest(tensor, kept))
                .as("%d of %d, %s", kept, length, name)
                .isEqualTo(Mask.where(length, expected::contains));
          }
        });
  }

  @Test
  void countsOfHighestAreThoseOfOneSortThroughAllTensors() {
    SparseTensors tensors =
        SparseTensors.of(
            new SparseTensor("z", WeightLayout.OUT_IN, 0, 1, 100),
            new SparseTensor("a", WeightLayout.OUT_IN, 100, 1, 65),
            new SparseTensor("m", WeightLayout.OUT_IN, 165, 1, 300));
    DATA.forEach(
        (name, data) -> {
          Scores scores = scores(tensors, data);
          for (int kept = 0; kept <= 465; kept += 5) {
            Set<Integer> expected = sorted(465, kept, data);
            int[] counts = scores.countsOfHighest(tensors, kept);
            for (int t = 0; t < counts.length; t++) {
              SparseTensor tensor = tensors.at(t);
              assertThat(scores.highest(tensor, counts[t]))
                  .as("%s, %d of all, %s", tensor, kept, name)
                  .isEqualTo(
                      Mask.where(tensor.length(), i -> expected.contains(tensor.offset() + i)));
            }
          }
        });
  }

  @Test
  void longerBufferOfALongerTensorDoesNotLeakIn() {
    SparseTensor longer = new SparseTensor("long", WeightLayout.OUT_IN, 0, 1, 100);
    SparseTensor shorter = new SparseTensor("short", WeightLayout.OUT_IN, 100, 1, 10);
    Scores scores = scores(SparseTensors.of(longer, shorter), i -> i < 100 ? 9f : i * 0.01f);
    scores.highest(longer, 50);

    assertThat(scores.highest(shorter, 3)).isEqualTo(Mask.where(10, i -> i >= 7));
  }

  @Test
  void scoreThatIsNotANumberEndsTheRunByNameAndIndex() {
    SparseTensor tensor = new SparseTensor("conv1/W", WeightLayout.OUT_IN, 0, 1, 100);
    for (float nan : new float[] {Float.NaN, Float.intBitsToFloat(0xffc00001)}) {
      Scores scores = scores(SparseTensors.of(tensor), i -> i == 17 || i == 18 ? nan : 1f);

      assertThatThrownBy(() -> scores.highest(tensor, 50))
          .isInstanceOf(NotANumberScoreException.class)
          .hasMessage(
              "Cannot rank the weights of conv1/W: the score at flat index 17 is not a number, so"
                  + " the run has diverged; lower the learning rate.");
    }
  }

  @Test
  void impossibleCountIsRefused() {
    SparseTensor tensor = new SparseTensor("w", WeightLayout.OUT_IN, 0, 1, 10);
    Scores scores = scores(SparseTensors.of(tensor), i -> 1f);

    assertThatThrownBy(() -> scores.highest(tensor, 11))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot keep 11 of the 10 weights of w");
  }

  private static Scores scores(SparseTensors tensors, IntFunction<Float> data) {
    return new Scores(
        tensors,
        (tensor, scores) -> {
          for (int i = 0; i < tensor.length(); i++) {
            scores[i] = data.apply(tensor.offset() + i);
          }
        });
  }

  private static Set<Integer> sorted(int length, int kept, IntFunction<Float> data) {
    return IntStream.range(0, length)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer i) -> -(data.apply(i) + 0.0))
                .thenComparing(Comparator.naturalOrder()))
        .limit(kept)
        .collect(Collectors.toSet());
  }
}
