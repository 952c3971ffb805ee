package org.espalier.jobs.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The nodes of the tree of means that a range of workers is made of. */
class MeanRangesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 8, 8, 1",
    "3, 4, 8, 1",
    "32, 64, 1024, 1",
    "10, 21, 128, 4",
    "0, 3, 9, 2",
    "8, 9, 9, 1"
  })
  void leave(int from, int end, int workers, int means) {
    assertThat(MeanRanges.leaving(from, end, workers)).isEqualTo(means);
  }
}
