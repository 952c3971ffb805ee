package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void percentHasTwoDecimals() {
    assertThat(Figures.percent(0.98125)).isEqualTo("98.13");
    assertThat(Figures.percent(0.98)).isEqualTo("98.00");
    assertThat(Figures.percent(1)).isEqualTo("100.00");
    assertThat(Figures.percent(1e-9)).isEqualTo("0.00");
  }

  @Test
  void sparsityHasUpToTwoDecimalsAndNeverHidesTheLastWeights() {
    assertThat(Figures.sparsity(0)).isEqualTo("0");
    assertThat(Figures.sparsity(0.9)).isEqualTo("90");
    assertThat(Figures.sparsity(0.965)).isEqualTo("96.5");
    assertThat(Figures.sparsity(1 - 0.1234567)).isEqualTo("87.65");
    assertThat(Figures.sparsity(0.99999)).isEqualTo(">99.99");
    assertThat(Figures.sparsity(1)).isEqualTo("100");
  }

  @Test
  void countsFactorsAndDurationsAreReadable() {
    assertThat(Figures.count(25_557_032)).isEqualTo("25,557,032");
    assertThat(Figures.factor(9.84)).isEqualTo("9.8x");
    assertThat(Figures.factor(49.4)).isEqualTo("49x");
    assertThat(Figures.duration(4.24)).isEqualTo("4.2 s");
    assertThat(Figures.duration(59.96)).isEqualTo("1 min 00 s");
    assertThat(Figures.duration(185)).isEqualTo("3 min 05 s");
    assertThat(Figures.duration(7500)).isEqualTo("2 h 05 min");
  }
}
