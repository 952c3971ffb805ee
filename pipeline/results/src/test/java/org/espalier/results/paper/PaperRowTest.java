package org.espalier.results.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperRowTest {
  /** In percent as printed in the paper's Table 3. */
  @ParameterizedTest
  @CsvSource({
    "lenet-300-100, 3.0, 97.52, 98.42",
    "lenet-300-100, 2.0, 98.50, 98.40",
    "lenet-300-100, 0.1, 99.10, 98.13",
    "lenet-5-caffe, 3.0, 99.29, 99.26",
    "lenet-5-caffe, 2.0, 99.50, 99.25"
  })
  void variationalDropoutHasThePapersNumbers(
      String network, double threshold, double sparsity, double accuracy) {
    PaperRow row =
        PaperRow.find(network, "variational-dropout", OptionalDouble.of(threshold)).orElseThrow();
    assertThat(row.sparsity()).isCloseTo(sparsity / 100, within(1e-12));
    assertThat(row.accuracy()).isCloseTo(accuracy / 100, within(1e-12));
  }

  @Test
  void theDenseBaselineHasThePapersNumber() {
    PaperRow row = PaperRow.find("lenet-300-100", "dense", OptionalDouble.empty()).orElseThrow();
    assertThat(row.sparsity()).isZero();
    assertThat(row.accuracy()).isEqualTo(0.9842);
  }

  @Test
  void whatThePaperDoesNotListHasNoRow() {
    assertThat(PaperRow.find("lenet-5-caffe", "dense", OptionalDouble.empty())).isEmpty();
    assertThat(PaperRow.find("lenet-5-caffe", "variational-dropout", OptionalDouble.of(0.1)))
        .isEmpty();
    assertThat(PaperRow.find("lenet-300-100", "variational-dropout", OptionalDouble.of(1)))
        .isEmpty();
    assertThat(PaperRow.find("lenet-300-100", "l0", OptionalDouble.empty())).isEmpty();
  }
}
