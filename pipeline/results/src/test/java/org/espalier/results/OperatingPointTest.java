package org.espalier.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OperatingPointTest {
  private static final ModelSize SIZE =
      ModelSize.of(
          List.of(
              new TensorSize("fc1", "[784, 300]", 235_200, 23_520),
              new TensorSize("fc2", "[300, 100]", 30_000, 3_000)),
          400);

  @Test
  void sparsityCountsSparsifiableWeightsAndCompressionTheWholeModel() {
    assertThat(SIZE.sparsity()).isEqualTo(0.9);
    assertThat(SIZE.parameters()).isEqualTo(265_600);
    assertThat(SIZE.nonZeroParameters()).isEqualTo(26_920);
    assertThat(SIZE.compression()).isEqualTo(265_600.0 / 26_920);
  }

  @Test
  void sumsThatContradictTheTensorsAreRefused() {
    assertThatThrownBy(() -> new ModelSize(265_200, 1, 400, SIZE.tensors()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot record 1 kept of 265200 weights: the tensors hold 26520 of 265200");
  }

  @Test
  void moreKeptWeightsThanThereAreIsRefused() {
    assertThatThrownBy(() -> new TensorSize("fc1", "[1]", 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot record 2 kept weights of fc1, which has 1");
  }

  @Test
  void anAccuracyInPercentIsRefused() {
    assertThatThrownBy(() -> Measurement.finished(98.1, 0.1, SIZE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot record an accuracy of 98.1: it must be a fraction in [0, 1]");
  }

  @Test
  void aFinishedRunNeedsAnAccuracyAndAFiniteLoss() {
    assertThatThrownBy(
            () ->
                new Measurement(
                    OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty(), SIZE))
        .hasMessage("Cannot record a finished run without its accuracy");
    assertThatThrownBy(() -> Measurement.finished(0.1, Double.NaN, SIZE))
        .hasMessage("Cannot record a loss of NaN as finished: that run diverged");
  }
}
