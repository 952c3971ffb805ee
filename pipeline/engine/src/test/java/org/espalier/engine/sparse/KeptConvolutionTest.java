package org.espalier.engine.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.Convolution;
import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptConvolutionTest {
  private static final double TOLERANCE = 2e-5;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1, 1, 1, 1, 0, 0",
    "1, 5, 5, 1, 4, 3, 3, 1, 1, 0.5",
    "3, 7, 9, 5, 6, 3, 3, 1, 1, 0.8",
    "8, 8, 8, 16, 16, 3, 3, 1, 1, 0.9",
    "17, 6, 4, 3, 5, 3, 3, 1, 0, 0.5",
    "8, 9, 12, 4, 7, 3, 3, 2, 1, 0.7",
    "3, 10, 7, 4, 7, 3, 3, 2, 0, 0.7",
    "8, 8, 8, 12, 20, 1, 1, 1, 0, 0.8",
    "3, 7, 8, 6, 9, 1, 1, 2, 0, 0.6",
    "17, 7, 7, 6, 9, 1, 1, 3, 1, 0.6",
    "8, 6, 5, 6, 9, 1, 1, 1, 3, 0.6",
    "3, 28, 28, 1, 20, 5, 5, 1, 0, 0.6",
    "17, 12, 11, 5, 6, 5, 5, 1, 2, 0.9",
    "8, 11, 13, 4, 6, 5, 5, 3, 2, 0.5",
    "2, 22, 19, 3, 8, 7, 7, 2, 3, 0.7",
    "17, 9, 10, 3, 8, 7, 7, 3, 3, 0.7",
    "3, 4, 5, 3, 4, 7, 7, 2, 3, 0.4",
    "3, 9, 7, 3, 4, 2, 5, 2, 1, 0.4",
    "17, 6, 11, 3, 4, 4, 1, 3, 2, 0.4",
    "8, 5, 1, 3, 4, 1, 3, 2, 1, 0.4",
    "100, 5, 5, 1, 300, 3, 3, 2, 1, 0.5",
    "3, 8, 8, 5, 7, 3, 3, 1, 1, 1"
  })
  void allDirectionsAreThoseOfTheWholeKernels(
      int batch,
      int height,
      int width,
      int inputs,
      int outputs,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding,
      double sparsity) {
    Problem problem =
        new Problem(
            new ConvolutionShape(
                batch, height, width, inputs, outputs, kernelHeight, kernelWidth, stride, padding),
            sparsity);
    for (Activation activation : Activation.values()) {
      problem.requireEqual(lanes(), activation);
      problem.requireEqual(new SparseLanes(), activation);
    }
  }

  @Test
  void outputsAndInputsWithoutWeightsGiveTheBiasAndNoGradient() {
    Problem problem = new Problem(new ConvolutionShape(5, 6, 7, 4, 5, 3, 3, 2, 1), 0.3);
    problem.clear((output, input) -> output == 0 || output == 4 || input == 0 || input == 3);
    problem.requireEqual(lanes(), Activation.IDENTITY);
  }

  @Test
  void theBitsDependNeitherOnThreadsNorOnTheNumberOfParts() {
    Problem problem = new Problem(new ConvolutionShape(9, 11, 13, 19, 21, 3, 3, 2, 1), 0.6);
    Results first = problem.run(problem.map(lanes(), new Slices(1)), Activation.RELU);
    for (int threads : new int[] {1, 3}) {
      Kernels.useThreads(threads);
      for (int slices : new int[] {2, 3, 7}) {
        Results cut = problem.run(problem.map(lanes(), new Slices(slices)), Activation.RELU);
        assertThat(cut.all()).containsExactly(first.all());
      }
    }
  }

  @Test
  void aSecondBatchFindsNothingOfTheFirst() {
    for (int batch : new int[] {3, 8}) {
      Problem problem = new Problem(new ConvolutionShape(batch, 9, 8, 7, 6, 3, 3, 2, 1), 0.5);
      KeptConvolution map = problem.map(lanes(), Slices.DEFAULT);
      Results first = problem.run(map, Activation.RELU);
      assertThat(problem.run(map, Activation.RELU).all()).containsExactly(first.all());
    }
  }

  @Test
  void imagesThatLieFeatureByFeatureAreRefused() {
    Problem problem = new Problem(new ConvolutionShape(2, 4, 4, 3, 3, 3, 3, 1, 1), 0.5);
    KeptConvolution map = problem.map(lanes(), Slices.DEFAULT);
    Activations images = new Activations(Values.floats(2 * 4 * 4 * 3), Order.FEATURES);
    assertThatThrownBy(() -> map.forward(images, new float[81], null, Activation.RELU, images))
        .hasMessageContaining("give them position by position");
  }

  @Test
  void weightsOfOtherKernelsAreRefused() {
    KeptWeights kept = KeptWeights.of(new long[1], 54);
    ConvolutionShape shape = new ConvolutionShape(2, 4, 4, 3, 3, 3, 3, 1, 1);
    assertThatThrownBy(() -> new KeptConvolution(lanes(), Slices.DEFAULT, kept, shape))
        .hasMessage("Cannot convolve by 54 weights: the kernels have 81.");
  }

  @AfterEach
  void useOneThread() {
    Kernels.useThreads(1);
  }

  private static SparseLanes lanes() {
    return Kernels.named("auto").sparse().orElseThrow();
  }

  /** Which kernels are taken out. */
  private interface Places {
    boolean at(int output, int input);
  }

  private record Results(
      double[] y, double[] inputGradient, double[] weightGradient, double[] biasGradient) {
    double[] all() {
      return Stream.of(y, inputGradient, weightGradient, biasGradient)
          .flatMapToDouble(Arrays::stream)
          .toArray();
    }
  }

  /** A convolution, and what the reference gives of the whole kernels in float64. */
  private static final class Problem {
    private final SplittableRandom random = new SplittableRandom(7);
    private final ConvolutionShape shape;
    private final boolean[] kept;
    private final float[] weights;
    private final float[] x;
    private final float[] delta;
    private final float[] bias;

    Problem(ConvolutionShape shape, double sparsity) {
      this.shape = shape;
      kept = new boolean[shape.kernelLength()];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = random.nextDouble() >= sparsity;
      }
      weights = numbers(shape.kernelLength());
      x = numbers(shape.imageLength());
      delta = numbers(shape.resultLength());
      bias = numbers(shape.outputs());
    }

    void clear(Places places) {
      int elements = shape.kernelHeight() * shape.kernelWidth();
      for (int i = 0; i < kept.length; i++) {
        int output = i / elements / shape.inputs();
        kept[i] &= !places.at(output, i / elements % shape.inputs());
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

    KeptConvolution map(SparseLanes lanes, Slices slices) {
      return new KeptConvolution(lanes, slices, keptWeights(), shape);
    }

    Results run(KeptConvolution map, Activation activation) {
      KeptWeights chosen = keptWeights();
      float[] compact = new float[chosen.count()];
      for (int i = 0; i < compact.length; i++) {
        compact[i] = weights[chosen.index(i)];
      }
      Activations from = new Activations(floats(x), Order.POSITIONS);
      Activations to = new Activations(Values.floats(delta.length), Order.POSITIONS);
      Activations above = new Activations(floats(delta), Order.POSITIONS);
      map.forward(from, compact, floats(bias), activation, to);
      Values biasGradient = Values.floats(bias.length);
      float[] gradient = new float[compact.length];
      Activations below = new Activations(floats(x), Order.POSITIONS);
      map.backward(above, compact, biasGradient, gradient, below);
      float[] alone = new float[compact.length];
      map.forward(from, compact, floats(bias), activation, to);
      map.backward(above, compact, null, alone, null);
      double[] weightGradient = new double[weights.length];
      double scale = Math.sqrt(shape.resultLength());
      for (int i = 0; i < compact.length; i++) {
        weightGradient[chosen.index(i)] = gradient[i];
        assertThat(alone[i]).isCloseTo(gradient[i], within((float) (TOLERANCE * scale)));
      }
      return new Results(
          array(to.values()), array(below.values()), weightGradient, array(biasGradient));
    }

    private static Values floats(float[] numbers) {
      return filled(Values.floats(numbers.length), numbers);
    }

    private static Values doubles(float[] numbers) {
      return filled(Values.doubles(numbers.length), numbers);
    }

    private static Values filled(Values values, float[] numbers) {
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

    void requireEqual(SparseLanes lanes, Activation activation) {
      Results results = run(map(lanes, Slices.DEFAULT), activation);
      Results whole = whole(activation);
      int elements = shape.kernelHeight() * shape.kernelWidth();
      int positions = shape.resultLength() / shape.outputs();
      requireClose(results.y(), whole.y(), shape.inputs() * elements);
      requireClose(results.inputGradient(), whole.inputGradient(), shape.outputs() * elements);
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
      Values kernels = Values.doubles(weights.length);
      for (int i = 0; i < weights.length; i++) {
        kernels.set(i, kept[i] ? weights[i] : 0);
      }
      Values images = doubles(x);
      Values y = Values.doubles(delta.length);
      Values gradient = doubles(delta);
      Values inputGradient = Values.doubles(x.length);
      Values weightGradient = Values.doubles(weights.length);
      double[] biasGradient = new double[bias.length];
      try (Convolution convolution = Kernels.reference().convolution(shape)) {
        convolution.forward(images, kernels, y);
        for (int i = 0; i < delta.length; i++) {
          double sum = y.get(i) + bias[i % bias.length];
          boolean open = activation == Activation.IDENTITY || sum > 0;
          y.set(i, open ? sum : 0);
          gradient.set(i, open ? delta[i] : 0);
          biasGradient[i % bias.length] += gradient.get(i);
        }
        convolution.backwardImages(gradient, kernels, inputGradient);
        convolution.backwardKernels(images, gradient, weightGradient);
      }
      for (int i = 0; i < weights.length; i++) {
        weightGradient.set(i, kept[i] ? weightGradient.get(i) : 0);
      }
      return new Results(array(y), array(inputGradient), array(weightGradient), biasGradient);
    }
  }
}
