package org.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OptimiserKernelsTest {
  private static final int[] LENGTHS = {1, 3, 4095, 4096, 4097, 10_000};

  @Test
  void adamFollowsItsFormulaStepByStep() {
    for (int n : LENGTHS) {
      FloatBuffer m = FloatBuffer.allocate(n);
      FloatBuffer v = FloatBuffer.allocate(n);
      double[] mean = new double[n];
      double[] square = new double[n];
      AdamKernel adam = new AdamKernel(0.9, 0.997, 1e-9);
      for (int t = 1; t <= 5; t++) {
        FloatBuffer gradient = gradient(n, t);
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
          double g = gradient.get(i);
          mean[i] = 0.9 * mean[i] + 0.1 * g;
          square[i] = 0.997 * square[i] + 0.003 * g * g;
          double corrected = 0.01 * Math.sqrt(1 - Math.pow(0.997, t)) / (1 - Math.pow(0.9, t));
          expected[i] = corrected * mean[i] / (Math.sqrt(square[i]) + 1e-9);
        }
        adam.step(gradient, m, v, 0.01, t);
        requireClose(gradient, expected);
      }
    }
  }

  @Test
  void nesterovFollowsItsFormulaStepByStep() {
    for (int n : LENGTHS) {
      FloatBuffer v = FloatBuffer.allocate(n);
      double[] velocity = new double[n];
      NesterovKernel nesterov = new NesterovKernel(0.9);
      for (int t = 1; t <= 5; t++) {
        FloatBuffer gradient = gradient(n, t);
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
          velocity[i] = 0.9 * velocity[i] + gradient.get(i);
          expected[i] = 0.1 * (gradient.get(i) + 0.9 * velocity[i]);
        }
        nesterov.step(gradient, v, 0.1);
        requireClose(gradient, expected);
      }
    }
  }

  private static FloatBuffer gradient(int n, int t) {
    FloatBuffer gradient = FloatBuffer.allocate(n);
    IntStream.range(0, n).forEach(i -> gradient.put(i, (float) Math.sin(i * 0.37 + t)));
    return gradient;
  }

  private static void requireClose(FloatBuffer actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual.get(i))
          .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(2e-6));
    }
  }
}
