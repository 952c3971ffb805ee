package org.espalier.jobs.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compute times spread around 1. */
class StragglersTest {
  @Test
  void theMeanIsOneAndTheSpreadAsTold() {
    Stragglers stragglers = new Stragglers(0.2, 0, 1, 3);
    double[] logs =
        IntStream.range(0, 20_000).mapToDouble(w -> Math.log(stragglers.factor(w, 5))).toArray();
    double mean =
        IntStream.range(0, logs.length).mapToDouble(i -> Math.exp(logs[i])).average().orElseThrow();
    double meanLog =
        IntStream.range(0, logs.length).mapToDouble(i -> logs[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, logs.length)
            .mapToDouble(i -> (logs[i] - meanLog) * (logs[i] - meanLog))
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(1, within(0.01));
    assertThat(Math.sqrt(variance)).isCloseTo(0.2, within(0.01));
  }

  @Test
  void someAreSlow() {
    Stragglers stragglers = new Stragglers(0, 0.05, 4, 3);
    long slow = IntStream.range(0, 20_000).filter(step -> stragglers.factor(0, step) == 4).count();
    assertThat(slow).isBetween(900L, 1100L);
  }
}
