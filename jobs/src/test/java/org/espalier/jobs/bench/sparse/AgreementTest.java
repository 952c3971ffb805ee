package org.espalier.jobs.bench.sparse;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
  private static final float[] DENSE = {-2f, 0f, 1f};

  @Test
  void roundingIsNoDifference() {
    assertThatCode(() -> Agreement.require("output", DENSE, new float[] {-2f, 0.00019f, 1f}))
        .doesNotThrowAnyException();
    assertThatCode(() -> Agreement.require("output", new float[2], new float[2]))
        .doesNotThrowAnyException();
  }

  @Test
  void aDifferenceIsTold() {
    assertThatThrownBy(
            () -> Agreement.require("output of 3x1@1", DENSE, new float[] {-2f, 0.5f, 1f}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot time the output of 3x1@1: over the kept weights it differs by 0.5 from the dense kernels', whose largest value is 2.0, so one of the two computes something else.");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void whatIsNotFiniteAgreesWithNothing(float number) {
    assertThatThrownBy(() -> Agreement.require("output", DENSE, new float[] {-2f, number, 1f}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot time the output: ");
  }
}
