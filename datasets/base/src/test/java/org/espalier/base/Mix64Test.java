package org.espalier.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class Mix64Test {
  @Test
  void numbersNeverChangeBecauseEveryRunDependsOnThem() {
    assertThat(Mix64.key(1)).isEqualTo(Mix64.mix(1 + 0x9E3779B97F4A7C15L));
    assertThat(Mix64.at(0, 0)).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(Mix64.at(0, 1)).isEqualTo(0x6E789E6AA1B965F4L);
  }

  @Test
  void keysDependOnTheOrderOfTheirParts() {
    assertThat(Mix64.key(7, 1, 2)).isNotEqualTo(Mix64.key(7, 2, 1));
    assertThat(Mix64.key(7, 1)).isNotEqualTo(Mix64.key(7, 1, 0));
    assertThat(Mix64.of("fc1/W")).isNotEqualTo(Mix64.of("fc2/W"));
  }

  @Test
  void numbersBelowABoundAreNearlyUniform() {
    long[] counts = new long[10];
    LongStream.range(0, 100_000).forEach(i -> counts[Mix64.below(10, 3, i)]++);
    assertThat(LongStream.of(counts)).allMatch(count -> count > 9_600 && count < 10_400);
  }

  @Test
  void unitNumbersStayBelowOne() {
    double mean =
        LongStream.range(0, 100_000).mapToDouble(i -> Mix64.unit(5, i)).average().orElse(0);
    assertThat(mean).isBetween(0.497, 0.503);
    assertThat(LongStream.range(0, 100_000).mapToDouble(i -> Mix64.unit(5, i)))
        .allMatch(x -> x >= 0 && x < 1);
  }

  @Test
  void aPermutationHoldsEveryIndexOnceAndDependsOnItsKey() {
    int[] order = Mix64.permutation(1000, 42);
    assertThat(IntStream.of(order).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    assertThat(order)
        .isEqualTo(Mix64.permutation(1000, 42))
        .isNotEqualTo(Mix64.permutation(1000, 43));
  }

  @Test
  void aBoundBelowOneIsAnError() {
    assertThatThrownBy(() -> Mix64.below(0, 1, 1))
        .hasMessage("Cannot draw below 0: it must be at least 1");
  }
}
