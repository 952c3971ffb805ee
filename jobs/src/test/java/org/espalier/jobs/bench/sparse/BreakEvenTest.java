package org.espalier.jobs.bench.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BreakEvenTest {
  private static final double[] SPARSITIES = {0.5, 0.7, 0.9};

  @Test
  void betweenTwoSparsitiesTheTimeIsInterpolated() {
    BreakEven found = found(1.6, 1.1, 0.6);
    assertThat(found.where()).isEqualTo(BreakEven.Where.AT);
    assertThat(found.sparsity()).isCloseTo(0.74, within(1e-9));
    assertThat(found).hasToString("0.74");
  }

  @Test
  void theLastCrossingCounts() {
    assertThat(found(0.9, 1.5, 0.5)).hasToString("0.80");
  }

  @Test
  void whatIsAlwaysAsFastLiesBelow() {
    assertThat(found(1, 0.7, 0.5)).hasToString("below 0.50");
  }

  @Test
  void whatIsSlowerAtTheEndLiesAbove() {
    assertThat(found(0.9, 0.7, 1.1)).hasToString("above 0.90");
  }

  private static BreakEven found(double... seconds) {
    return BreakEven.of(
        IntStream.range(0, SPARSITIES.length)
            .mapToObj(
                i -> {
                  PassTimes dense = new PassTimes(0.5, 0.5, 1);
                  PassTimes sparse = new PassTimes(0.5, seconds[i] - 0.5, seconds[i]);
                  List<Turn> turns = List.of(new Turn(dense, sparse, sparse));
                  return new LayerFigures(new MatrixLayer(1, 1, 1), SPARSITIES[i], 6, turns);
                })
            .toList(),
        Turn::sparse);
  }
}
