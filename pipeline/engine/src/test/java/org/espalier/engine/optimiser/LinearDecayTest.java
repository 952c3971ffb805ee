package org.espalier.engine.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * The learning rates of the paper's verification experiments (Molchanov et al. 2017, released
 * code).
 */
class LinearDecayTest {
  private static final int STEPS_PER_EPOCH = 600;
  private static final int EPOCHS = 200;

  @Test
  void leNet300sIsConstantForHalfTheEpochsAndThenFallsToZero() {
    LinearDecay rate =
        new LinearDecay(1e-3, 0, 100 * STEPS_PER_EPOCH, EPOCHS * STEPS_PER_EPOCH, STEPS_PER_EPOCH);
    for (int epoch = 0; epoch <= EPOCHS; epoch++) {
      int step = epoch * STEPS_PER_EPOCH;
      assertThat(rate.at(step + STEPS_PER_EPOCH - 1)).isEqualTo(rate.at(step));
      assertThat(rate.at(step)).isCloseTo(1e-3 * Math.min(2 - epoch / 100.0, 1), within(1e-15));
    }
  }

  @Test
  void leNet5sFallsFromTheStart() {
    LinearDecay rate = new LinearDecay(1e-3, 0, 0, EPOCHS * STEPS_PER_EPOCH, STEPS_PER_EPOCH);
    for (int epoch = 0; epoch <= EPOCHS; epoch++) {
      int step = epoch * STEPS_PER_EPOCH;
      assertThat(rate.at(step + STEPS_PER_EPOCH - 1)).isEqualTo(rate.at(step));
      assertThat(rate.at(step)).isCloseTo(1e-3 * (EPOCHS - epoch) / EPOCHS, within(1e-15));
    }
  }

  @Test
  void itStaysAtZeroAfterTheLastStepAndAConstantOneNeverFalls() {
    assertThat(new LinearDecay(1e-3, 0, 10, 20, 1).at(25)).isZero();
    assertThat(new ConstantRate(0.1).at(Integer.MAX_VALUE)).isEqualTo(0.1);
  }
}
