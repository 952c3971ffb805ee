package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimiserKernelsTest {
  private static final List<UpdateRule> RULES =
      List.of(
          new UpdateRule.Sgd(),
          new UpdateRule.Nesterov(0.9),
          new UpdateRule.Adam(0.9, 0.997, 1e-9));

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17, 31, 33, 100, 4095, 4096, 4097, 40_000})
  void fastStepsFollowTheReference(int n) {
    for (UpdateRule rule : RULES) {
      for (long[] kept : new long[][] {null, everyThird(n)}) {
        for (double decay : new double[] {0, 0.01}) {
          Trained fast = tensor(n, kept);
          Trained slow = tensor(n, kept);
          for (int t = 1; t <= 5; t++) {
            step(Kernels.named("auto"), rule, fast, t, decay);
            step(Kernels.reference(), rule, slow, t, decay);
            Samples.requireClose(fast.gradient, slow.gradient, 2e-6);
            Samples.requireClose(fast.weights, slow.weights, 2e-6);
          }
        }
      }
    }
  }

  @Test
  void maskedGradientsAreZeroWhateverTheyAre() {
    for (Kernels kernels : List.of(Kernels.named("auto"), Kernels.reference())) {
      for (UpdateRule rule : RULES) {
        Trained tensor = tensor(33, everyThird(33));
        double[] strange = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < 33; i++) {
          tensor.gradient.set(i, i % 3 == 0 ? 1 : strange[i % strange.length]);
        }
        kernels.optimiser().step(rule, tensor, 0.1, 1, 1, 0);
        for (int i = 0; i < 33; i++) {
          assertThat(tensor.gradient.get(i) == 0).as("step of weight %d", i).isEqualTo(i % 3 != 0);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 63, 129, 2048, 5001})
  void stepsWithoutAGradientHaveTheBitsOfMaskedWeights(int n) {
    double[] rates = DoubleStream.iterate(0.1, rate -> rate * 0.99).limit(90).toArray();
    for (Kernels kernels : List.of(Kernels.named("auto"), Kernels.reference())) {
      for (UpdateRule rule : RULES) {
        for (double decay : new double[] {0, 0.01}) {
          Trained together = fading(n);
          Trained oneByOne = fading(n);
          kernels.optimiser().applyWithoutGradient(rule, together, rates, 7, decay);
          for (int i = 0; i < rates.length; i++) {
            kernels.optimiser().apply(rule, oneByOne, rates[i], 7 + i, 0.25, decay);
          }
          for (int i = 0; i < together.vectors().size(); i++) {
            assertThat(bits(together.vectors().get(i)))
                .as("vector %d of %s with decay %s", i, rule, decay)
                .isEqualTo(bits(oneByOne.vectors().get(i)));
          }
        }
      }
    }
  }

  @Test
  void velocitiesWithoutAGradientVanish() {
    Trained tensor = tensor(33, new long[1]);
    for (int i = 0; i < 33; i++) {
      tensor.first.set(i, i % 2 == 0 ? 1 : -1);
    }
    for (int t = 0; t < 1000; t++) {
      Kernels.named("auto").optimiser().step(new UpdateRule.Nesterov(0.9), tensor, 0.1, 1, 1, 0);
    }
    for (int i = 0; i < 33; i++) {
      assertThat(tensor.first.get(i)).isZero();
    }
  }

  @Test
  void aMaskWithTooFewBitsIsRefused() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> tensor(65, new long[1]))
        .hasMessage("Cannot mask 65 weights with 1 words of 64 bits: too few.");
  }

  private static void step(Kernels kernels, UpdateRule rule, Trained tensor, int t, double decay) {
    Values gradient = Samples.normals(t, tensor.length());
    for (int i = 0; i < gradient.length(); i++) {
      tensor.gradient.set(i, gradient.get(i));
    }
    kernels.optimiser().step(rule, tensor, 0.1, t, 0.25, decay);
    for (int i = 0; i < tensor.length(); i++) {
      tensor.weights.set(i, tensor.weights.get(i) - tensor.gradient.get(i));
    }
  }

  private static Trained tensor(int n, long[] kept) {
    Trained tensor =
        new Trained(Samples.normals(99, n), Values.floats(n), Values.floats(n), Values.floats(n));
    tensor.mask(kept);
    return tensor;
  }

  /** Masked weights whose velocities vanish within some steps, or are zero of either sign. */
  private static Trained fading(int n) {
    Trained tensor =
        new Trained(
            Samples.normals(99, n), Values.floats(n), Samples.normals(98, n), Values.floats(n));
    tensor.mask(new long[(n + 63) / 64]);
    for (int i = 0; i < n; i++) {
      tensor.first.set(i, tensor.first.get(i) * List.of(1.0, 1e-29, 0.0, -0.0).get(i % 4));
      tensor.second.set(i, i % 5 * 1e-28);
      if (i % 7 == 0) {
        tensor.weights.set(i, -0.0);
      }
    }
    return tensor;
  }

  private static int[] bits(Values values) {
    return IntStream.range(0, values.length())
        .map(i -> Float.floatToRawIntBits((float) values.get(i)))
        .toArray();
  }

  private static long[] everyThird(int n) {
    long[] words = new long[(n + 63) / 64];
    for (int i = 0; i < n; i += 3) {
      words[i >> 6] |= 1L << i;
    }
    return words;
  }
}
