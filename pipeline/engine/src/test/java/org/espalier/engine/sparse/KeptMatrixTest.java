package org.espalier.engine.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptMatrixTest {
  private static final double TOLERANCE = 2e-5;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 0",
    "3, 5, 7, 0.5",
    "100, 784, 300, 0.9",
    "32, 131, 67, 0.98",
    "17, 33, 2, 0.7",
    "300, 40, 50, 0.8",
    "133, 1600, 7, 0.9",
    "130, 6, 1700, 0.95",
    "256, 20, 30, 0.6",
    "5, 700, 3, 1"
  })
  void allDirectionsAreThoseOfTheWholeMatrix(int positions, int in, int out, double sparsity) {
    for (Order order : Order.values()) {
      for (Activation activation : Activation.values()) {
        Problem problem = new Problem(positions, in, out, sparsity);
        problem.requireEqual(Kernels.named("auto").sparse().orElseThrow(), order, activation);
        problem.requireEqual(new SparseLanes(), order, activation);
      }
    }
  }

  @Test
  void rowsAndColumnsWithoutWeightsGiveTheBiasAndNoGradient() {
    Problem problem = new Problem(33, 12, 9, 0.5);
    problem.clear((row, column) -> row == 0 || row == 8 || column == 0 || column == 11);
    problem.requireEqual(
        Kernels.named("auto").sparse().orElseThrow(), Order.POSITIONS, Activation.IDENTITY);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 784, 300, 0.9",
    "17, 33, 2, 0.7",
    "300, 40, 50, 0.8",
    "133, 1600, 7, 0.95",
    "1, 1, 1, 0"
  })
  void lanesAndPlainJavaGiveTheSameBits(int positions, int in, int out, double sparsity) {
    Problem problem = new Problem(positions, in, out, sparsity);
    SparseLanes lanes = Kernels.named("auto").sparse().orElseThrow();
    Results plain =
        problem.run(new SparseLanes(), Slices.DEFAULT, Order.POSITIONS, Activation.RELU);
    Results fast = problem.run(lanes, Slices.DEFAULT, Order.POSITIONS, Activation.RELU);
    assertThat(fast.all()).containsExactly(plain.all());
  }

  @Test
  void theBitsDependNeitherOnThreadsNorOnTheNumberOfParts() {
    Problem problem = new Problem(160, 210, 190, 0.8);
    SparseLanes lanes = Kernels.named("auto").sparse().orElseThrow();
    Results first = problem.run(lanes, new Slices(1), Order.FEATURES, Activation.RELU);
    for (int slices : new int[] {2, 3, 7}) {
      Results cut = problem.run(lanes, new Slices(slices), Order.FEATURES, Activation.RELU);
      assertThat(cut.y()).containsExactly(first.y());
      assertThat(cut.inputGradient()).containsExactly(first.inputGradient());
      assertThat(cut.weightGradient()).containsExactly(first.weightGradient());
      assertThat(cut.biasGradient()).containsExactly(first.biasGradient());
    }
  }

  @Test
  void aSecondBatchFindsNothingOfTheFirst() {
    Problem problem = new Problem(20, 30, 25, 0.7);
    SparseLanes lanes = Kernels.named("auto").sparse().orElseThrow();
    KeptMatrix map = problem.map(lanes, Slices.DEFAULT);
    Results first = problem.run(map, Order.POSITIONS, Activation.RELU);
    assertThat(problem.run(map, Order.POSITIONS, Activation.RELU).all())
        .containsExactly(first.all());
  }

  /** Which weights are taken out. */
  private interface Places {
    boolean at(int row, int column);
  }

  private record Results(
      double[] y, double[] inputGradient, double[] weightGradient, double[] biasGradient) {
    double[] all() {
      return java.util.stream.Stream.of(y, inputGradient, weightGradient, biasGradient)
          .flatMapToDouble(java.util.Arrays::stream)
          .toArray();
    }
  }

  /** A product, and what it gives by loops over the whole matrix in float64. */
  private static final class Problem {
    private final SplittableRandom random = new SplittableRandom(7);
    private final int positions;
    private final int in;
    private final int out;
    private final boolean[] kept;
    private final float[] weights;
    private final float[] x;
    private final float[] delta;
    private final float[] bias;

    Problem(int positions, int in, int out, double sparsity) {
      this.positions = positions;
      this.in = in;
      this.out = out;
      kept = new boolean[in * out];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = random.nextDouble() >= sparsity;
      }
      weights = numbers(in * out);
      x = numbers(positions * in);
      delta = numbers(positions * out);
      bias = numbers(out);
    }

    void clear(Places places) {
      for (int i = 0; i < kept.length; i++) {
        kept[i] &= !places.at(i / in, i % in);
      }
    }

    private float[] numbers(int count) {
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = (float) (2 * random.nextDouble() - 1);
      }
      return numbers;
    }

    private KeptWeights keptWeights() {
      long[] words = new long[(kept.length + 63) / 64];
      for (int i = 0; i < kept.length; i++) {
        words[i / 64] |= kept[i] ? 1L << i : 0;
      }
      return KeptWeights.of(words, kept.length);
    }

    KeptMatrix map(SparseLanes lanes, Slices slices) {
      return new KeptMatrix(lanes, slices, keptWeights(), positions, in, out);
    }

    Results run(SparseLanes lanes, Slices slices, Order order, Activation activation) {
      return run(map(lanes, slices), order, activation);
    }

    Results run(KeptMatrix map, Order order, Activation activation) {
      KeptWeights chosen = keptWeights();
      float[] compact = new float[chosen.count()];
      for (int i = 0; i < compact.length; i++) {
        compact[i] = weights[chosen.index(i)];
      }
      Activations to = new Activations(Values.floats(positions * out), order);
      map.forward(lying(x, in, order), compact, values(bias), activation, to);
      Values biasGradient = Values.floats(out);
      float[] gradient = new float[compact.length];
      Activations below = new Activations(Values.floats(positions * in), order);
      map.backward(lying(delta, out, order), compact, biasGradient, gradient, below);
      float[] alone = new float[compact.length];
      map.forward(lying(x, in, order), compact, values(bias), activation, to);
      map.backward(lying(delta, out, order), compact, null, alone, null);
      double[] weightGradient = new double[weights.length];
      for (int i = 0; i < compact.length; i++) {
        weightGradient[chosen.index(i)] = gradient[i];
        assertThat(alone[i]).isCloseTo(gradient[i], within((float) TOLERANCE * positions));
      }
      return new Results(
          standing(to, out), standing(below, in), weightGradient, array(biasGradient));
    }

    private Activations lying(float[] rows, int features, Order order) {
      Values values = Values.floats(rows.length);
      for (int i = 0; i < rows.length; i++) {
        values.set(place(i, features, order), rows[i]);
      }
      return new Activations(values, order);
    }

    private double[] standing(Activations activations, int features) {
      double[] rows = new double[positions * features];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = activations.values().get(place(i, features, activations.order()));
      }
      return rows;
    }

    private int place(int i, int features, Order order) {
      return order == Order.POSITIONS ? i : i % features * positions + i / features;
    }

    private static Values values(float[] numbers) {
      Values values = Values.floats(numbers.length);
      for (int i = 0; i < numbers.length; i++) {
        values.set(i, numbers[i]);
      }
      return values;
    }

    private static double[] array(Values values) {
      double[] array = new double[values.length()];
      for (int i = 0; i < array.length; i++) {
        array[i] = values.get(i);
      }
      return array;
    }

    void requireEqual(SparseLanes lanes, Order order, Activation activation) {
      Results results = run(lanes, Slices.DEFAULT, order, activation);
      Results whole = whole(activation);
      requireClose(results.y(), whole.y(), in);
      requireClose(results.inputGradient(), whole.inputGradient(), out);
      requireClose(results.weightGradient(), whole.weightGradient(), positions);
      requireClose(results.biasGradient(), whole.biasGradient(), positions);
    }

    private static void requireClose(double[] actual, double[] expected, int terms) {
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(TOLERANCE * Math.sqrt(terms)));
      }
    }

    private Results whole(Activation activation) {
      double[] y = new double[positions * out];
      double[] inputGradient = new double[positions * in];
      double[] weightGradient = new double[weights.length];
      double[] biasGradient = new double[out];
      for (int p = 0; p < positions; p++) {
        for (int o = 0; o < out; o++) {
          double sum = bias[o];
          for (int i = 0; i < in; i++) {
            sum += kept[o * in + i] ? (double) weights[o * in + i] * x[p * in + i] : 0;
          }
          boolean open = activation == Activation.IDENTITY || sum > 0;
          y[p * out + o] = open ? sum : 0;
          double g = open ? delta[p * out + o] : 0;
          biasGradient[o] += g;
          for (int i = 0; i < in; i++) {
            if (kept[o * in + i]) {
              inputGradient[p * in + i] += g * weights[o * in + i];
              weightGradient[o * in + i] += g * x[p * in + i];
            }
          }
        }
      }
      return new Results(y, inputGradient, weightGradient, biasGradient);
    }
  }
}
