package org.espalier.engine.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArithmeticTest {
  @Test
  void theLineSaysWhatDoesTheArithmetic() {
    assertThat(new Arithmetic("CPU", "onednn-avx512", "SkylakeX", 1, true, false).line())
        .isEqualTo(
            "arithmetic: ND4J CPU, natives onednn-avx512, BLAS SkylakeX, 1 thread per task, oneDNN for stock layers on, Vector API off");
  }

  @Test
  void nothingIsMissingWhereEverythingIsThere() {
    assertThat(new Arithmetic("CPU", "onednn-avx512", "SkylakeX", 2, true, true).warnings())
        .isEmpty();
  }

  @Test
  void whatIsMissingIsNamedWithTheOptionThatBringsIt() {
    assertThat(new Arithmetic("CPU", "generic", "Zen", 1, false, false).warnings())
        .hasSize(3)
        .anySatisfy(
            warning -> assertThat(warning).contains("org.bytedeco.javacpp.platform.extension"))
        .anySatisfy(warning -> assertThat(warning).contains("helpers.disable=false"))
        .anySatisfy(warning -> assertThat(warning).contains("--add-modules jdk.incubator.vector"));
  }

  @Test
  void theHelpersOfStockLayersAreOnInThisBuild() {
    Arithmetic arithmetic = Arithmetic.prepare(1);
    assertThat(arithmetic.backend()).isEqualTo("CPU");
    assertThat(arithmetic.stockHelpers()).isEqualTo(arithmetic.natives().startsWith("onednn"));
  }
}
