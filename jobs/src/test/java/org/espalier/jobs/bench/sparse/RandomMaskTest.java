package org.espalier.jobs.bench.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.espalier.base.Refusal;
import org.espalier.sparsity.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomMaskTest {
  @ParameterizedTest
  @CsvSource({"1000, 0, 1000", "1000, 0.5, 500", "1000, 0.9876, 12", "7, 0.999, 1"})
  void asManyWeightsAreKeptAsAreWanted(int length, double sparsity, int kept) {
    assertThat(RandomMask.of(length, sparsity, 1).kept()).isEqualTo(kept);
  }

  @Test
  void theSeedDecidesWhichOnes() {
    Mask mask = RandomMask.of(1000, 0.5, 1);
    assertThat(RandomMask.of(1000, 0.5, 1)).isEqualTo(mask);
    assertThat(RandomMask.of(1000, 0.5, 2)).isNotEqualTo(mask);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 50, Double.NaN})
  void aSparsityLiesBelow1(double sparsity) {
    assertThatThrownBy(() -> RandomMask.requireSparsity(sparsity))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot measure a layer at a sparsity of %s: it must be at least 0 and below 1.",
            sparsity);
  }
}
