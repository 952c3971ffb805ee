package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of the KL approximation and of hard-concrete gates, in both kinds of kernels. */
class PaperTablesTest {
  @ParameterizedTest
  @CsvSource({
    "-8, 4.635899",
    "-3, 2.115590",
    "0, 0.431239",
    "0.5, 0.280317",
    "2, 0.068417",
    "3, 0.025420",
    "5, 0.003415",
    "8, 0.000168"
  })
  void divergenceByLogAlpha(double logAlpha, double divergence) {
    Values theta = Values.doubles(1);
    theta.set(0, 1);
    Values logSigma2 = Values.doubles(1);
    logSigma2.set(0, logAlpha + Math.log(1 + VariationalPasses.EPSILON));
    assertThat(Kernels.reference().variational().divergence(theta, logSigma2))
        .isCloseTo(divergence, within(5e-7));
    assertThat(
            Kernels.named("auto")
                .variational()
                .divergence(Samples.filled(1, i -> 1), Samples.filled(1, i -> logAlpha)))
        .isCloseTo(divergence, within(1e-6));
  }

  @Test
  void gates() {
    assertThat(GatePasses.SHIFT).isCloseTo(1.598597, within(5e-7));
    for (Kernels kernels : new Kernels[] {Kernels.named("auto"), Kernels.reference()}) {
      Values logAlpha = Samples.filled(5, i -> new double[] {2.197, 4.6, 2.95, 0.847, -2.398}[i]);
      assertThat(kernels.gates().expectedOpen(logAlpha.part(0, 1)))
          .isCloseTo(0.97802, within(5e-6));
      Values estimated = Values.floats(5);
      kernels.gates().estimate(Samples.filled(5, i -> 1), logAlpha, estimated);
      double[] expected = {0.97998, 1, 1, 0.73992, 0};
      for (int i = 0; i < expected.length; i++) {
        assertThat(estimated.get(i)).isCloseTo(expected[i], within(5e-6));
      }
    }
  }

  @Test
  void gatesAreDrawnOpenAndFullyOpenAsOftenAsTheInitialLogAlphaSays() {
    int n = 1 << 17;
    Noise everywhere = Noise.given(Samples.filled(n, i -> (i + 0.5) / n));
    Values gates = Values.floats(n);
    for (Kernels kernels : new Kernels[] {Kernels.named("auto"), Kernels.reference()}) {
      Values ones = Samples.filled(n, i -> 1);
      Values logAlpha = Samples.filled(n, i -> 2.197);
      kernels.gates().draw(ones, logAlpha, everywhere, Values.floats(n), Values.floats(n), gates);
      double open = 0;
      double fullyOpen = 0;
      for (int i = 0; i < n; i++) {
        open += gates.get(i) > 0 ? 1.0 / n : 0;
        fullyOpen += gates.get(i) == 1 ? 1.0 / n : 0;
      }
      assertThat(open).isCloseTo(0.97802, within(2e-5));
      assertThat(fullyOpen).isCloseTo(0.6453, within(6e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-2.3980, true, false",
    "-2.3978, false, false",
    "2.3978, false, false",
    "2.3980, false, true"
  })
  void estimatedGatesCloseAndOpenFullyAtTheirThresholds(
      double logAlpha, boolean closed, boolean fullyOpen) {
    for (Kernels kernels : new Kernels[] {Kernels.named("auto"), Kernels.reference()}) {
      Values gate = Values.floats(1);
      kernels.gates().estimate(Samples.filled(1, i -> 1), Samples.filled(1, i -> logAlpha), gate);
      assertThat(gate.get(0) == 0).isEqualTo(closed);
      assertThat(gate.get(0) == 1).isEqualTo(fullyOpen);
    }
  }

  @Test
  void divergenceIsThatOfTheClippedLogAlpha() {
    for (Kernels kernels : new Kernels[] {Kernels.named("auto"), Kernels.reference()}) {
      for (double beyond : new double[] {8.5, 20}) {
        assertThat(divergence(kernels, beyond)).isCloseTo(0.000168, within(1e-6));
        assertThat(divergence(kernels, -beyond)).isCloseTo(4.635899, within(1e-6));
      }
    }
  }

  private static double divergence(Kernels kernels, double logAlpha) {
    return kernels
        .variational()
        .divergence(Samples.filled(1, i -> 1), Samples.filled(1, i -> logAlpha));
  }
}
