package org.espalier.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactCountTest {
  @ParameterizedTest
  @CsvSource({"0.5,4704", "0.7,2822", "0.8,1881", "0.9,940", "0.95,470", "0.98,188", "0,9408"})
  void stemOfResNetKeepsWhatTheReleasedCheckpointsKeep(double sparsity, long kept) {
    assertThat(ExactCount.kept(9408, sparsity)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "235200, 0.9, 23520",
    "10, 0.9, 1",
    "9, 0.9, 0",
    "1000000000, 0.9, 100000000",
    "1000000000, 0.98, 20000000",
    "1000000000, 0.999999999, 1",
    "999999999, 0.9, 99999999",
    "2147483647, 0.5, 1073741823",
    "0, 0.5, 0",
    "3, 1, 0"
  })
  void decimalsAreTakenAsWritten(long length, double sparsity, long kept) {
    assertThat(ExactCount.kept(length, sparsity)).isEqualTo(kept);
  }

  @Test
  void arithmeticOnTheSparsityDoesNotCostAWeight() {
    double computed = 0.97216 + Math.ulp(0.97216);

    assertThat(ExactCount.kept(1_000_000_000, computed)).isEqualTo(27_840_000);
    assertThat(ExactCount.kept(235_200, 0.8 * (0.9 / 0.8))).isEqualTo(23_520);
  }

  @Test
  void impossibleCountsAreRefused() {
    assertThatThrownBy(() -> ExactCount.kept(10, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot mask a fraction of NaN of 10 weights");
  }
}
