package org.espalier.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fast pass beside its reference, in float32. */
class PassesTest {
  private static final double CLOSE = 2e-6;
  private final Kernels fast = Kernels.named("auto");
  private final Kernels slow = Kernels.reference();

  @ParameterizedTest
  @CsvSource({"1,1", "3,17", "31,33", "100,300", "33,100", "7,2047", "5,2049", "3,5000", "9001,3"})
  void biasActivationAndTheirGradients(int rows, int columns) {
    for (Activation activation : Activation.values()) {
      Values z = Samples.normals(1, rows * columns);
      Values bias = Samples.normals(2, columns);
      Values y = Samples.copy(z);
      Values expected = Samples.copy(z);
      fast.rows().activate(y, bias, activation);
      slow.rows().activate(expected, bias, activation);
      Samples.requireClose(y, expected, CLOSE);
      Values delta = Samples.normals(3, rows * columns);
      Values expectedDelta = Samples.copy(delta);
      Values sums = Values.floats(columns);
      Values expectedSums = Values.floats(columns);
      fast.rows().gradient(delta, expected, activation, sums);
      slow.rows().gradient(expectedDelta, expected, activation, expectedSums);
      Samples.requireClose(delta, expectedDelta, 0);
      Samples.requireClose(sums, expectedSums, 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17, 31, 33, 100, 2048, 2049, 40_000})
  void elementwisePasses(int n) {
    Values a = Samples.normals(1, n);
    Values b = Samples.normals(2, n);
    Values actual = Samples.copy(b);
    Values expected = Samples.copy(b);
    fast.rows().multiply(a, b, actual);
    slow.rows().multiply(a, b, expected);
    Samples.requireClose(actual, expected, 0);
    fast.rows().addProduct(actual, 2, a, b);
    slow.rows().addProduct(expected, 2, a, b);
    Samples.requireClose(actual, expected, CLOSE);
    fast.rows().add(actual, a);
    slow.rows().add(expected, a);
    Samples.requireClose(actual, expected, CLOSE);
    fast.rows().dropout(a, 0.3, Noise.stream(5), actual);
    slow.rows().dropout(a, 0.3, Noise.stream(5), expected);
    Samples.requireClose(actual, expected, CLOSE);
    fast.rows().addNormal(a, 0.3, Noise.stream(5), actual);
    slow.rows().addNormal(a, 0.3, Noise.stream(5), expected);
    Samples.requireClose(actual, expected, CLOSE);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "3,17,1",
    "32,33,4",
    "100,300,1",
    "6,2047,2",
    "6,2049,3",
    "300,100,100",
    "9001,3,1"
  })
  void localReparameterisation(int rows, int columns, int shared) {
    Sharing sharing = new Sharing(shared);
    Noise noise = Noise.stream(77);
    for (Activation activation : Activation.values()) {
      int n = rows * columns;
      Values y = Samples.normals(1, n);
      Values deviation = Samples.uniforms(2, n);
      Values bias = Samples.normals(3, columns);
      Values expected = Samples.copy(y);
      Values expectedDeviation = Samples.copy(deviation);
      fast.variational().sample(y, deviation, bias, activation, noise, sharing);
      slow.variational().sample(expected, expectedDeviation, bias, activation, noise, sharing);
      Samples.requireClose(y, expected, CLOSE);
      Samples.requireClose(deviation, expectedDeviation, CLOSE);
      Values delta = Samples.normals(4, n);
      Values expectedDelta = Samples.copy(delta);
      Values sums = Values.floats(columns);
      Values expectedSums = Values.floats(columns);
      deviation = Samples.copy(expectedDeviation);
      fast.variational()
          .sampleGradient(delta, expected, deviation, activation, noise, sharing, sums);
      slow.variational()
          .sampleGradient(
              expectedDelta, expected, expectedDeviation, activation, noise, sharing, expectedSums);
      Samples.requireClose(delta, expectedDelta, 0);
      Samples.requireClose(deviation, expectedDeviation, CLOSE);
      Samples.requireClose(sums, expectedSums, 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17, 31, 33, 100, 2049, 40_000})
  void variationalParameters(int n) {
    Noise noise = Noise.stream(6);
    Values theta = Samples.normals(1, n);
    // Within the clipping range, above it and below it.
    Values logSigma2 = Samples.filled(n, i -> (i % 3 - 1) * 12 + noise.normal(i));
    Values actual = Values.floats(n);
    Values expected = Values.floats(n);
    fast.variational().variance(theta, logSigma2, actual);
    slow.variational().variance(theta, logSigma2, expected);
    for (int i = 0; i < n; i++) {
      assertThat(actual.get(i)).isCloseTo(expected.get(i), within(1e-6 * expected.get(i)));
    }
    double divergence = slow.variational().divergence(theta, logSigma2);
    assertThat(fast.variational().divergence(theta, logSigma2))
        .isCloseTo(divergence, within(1e-5 * divergence));
    for (double weight : new double[] {0, 0.3}) {
      Values ofTheta = Samples.normals(3, n);
      Values ofLog = Samples.filled(n, i -> noise.normal(i + n) / (1 + expected.get(i)));
      Values expectedOfTheta = Samples.copy(ofTheta);
      Values expectedOfLog = Samples.copy(ofLog);
      fast.variational().variance(theta, logSigma2, actual);
      double sum = fast.variational().parameterGradient(theta, actual, ofTheta, ofLog, weight);
      slow.variational().parameterGradient(theta, expected, expectedOfTheta, expectedOfLog, weight);
      Samples.requireClose(ofTheta, expectedOfTheta, 1e-5);
      Samples.requireClose(ofLog, expectedOfLog, 1e-5);
      assertThat(sum).isCloseTo(weight == 0 ? 0 : divergence, within(1e-5 * divergence));
    }
    fast.variational().keepBelow(0.5, theta, logSigma2, actual);
    slow.variational().keepBelow(0.5, theta, logSigma2, expected);
    Samples.requireClose(actual, expected, 0);
    Values gradient = Samples.normals(5, n);
    Values expectedGradient = Samples.copy(gradient);
    fast.variational().keepGradient(actual, gradient);
    slow.variational().keepGradient(expected, expectedGradient);
    Samples.requireClose(gradient, expectedGradient, 0);
    for (int i = 0; i < n; i++) {
      assertThat(gradient.get(i) == 0).isEqualTo(expected.get(i) == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17, 31, 33, 100, 2049, 40_000})
  void gates(int n) {
    Values theta = Samples.normals(1, n);
    Noise shift = Noise.stream(3);
    Values logAlpha = Samples.filled(n, i -> 2 * shift.normal(i));
    Noise noise = Noise.stream(9);
    Values s = Values.floats(n);
    Values weights = Values.floats(n);
    Values expectedS = Values.floats(n);
    Values expectedWeights = Values.floats(n);
    Values open = Values.floats(n);
    Values expectedOpen = Values.floats(n);
    fast.gates().draw(theta, logAlpha, noise, s, open, weights);
    slow.gates().draw(theta, logAlpha, noise, expectedS, expectedOpen, expectedWeights);
    Samples.requireClose(s, expectedS, CLOSE);
    Samples.requireClose(open, expectedOpen, CLOSE);
    Samples.requireClose(weights, expectedWeights, CLOSE);
    Values ofTheta = Samples.normals(4, n);
    Values ofLog = Values.floats(n);
    Values expectedOfTheta = Samples.copy(ofTheta);
    Values expectedOfLog = Values.floats(n);
    double sum = fast.gates().gradient(theta, expectedS, expectedOpen, ofTheta, ofLog, 0.2);
    double expected =
        slow.gates().gradient(theta, expectedS, expectedOpen, expectedOfTheta, expectedOfLog, 0.2);
    assertThat(sum).isCloseTo(expected, within(1e-5 * expected));
    assertThat(fast.gates().expectedOpen(logAlpha)).isCloseTo(expected, within(1e-5 * expected));
    Samples.requireClose(ofTheta, expectedOfTheta, CLOSE);
    Samples.requireClose(ofLog, expectedOfLog, 1e-5);
    assertThat(fast.gates().penaltyGradient(logAlpha, ofLog, 0.2))
        .isCloseTo(slow.gates().penaltyGradient(logAlpha, expectedOfLog, 0.2), within(1e-5 * sum));
    Samples.requireClose(ofLog, expectedOfLog, 1e-5);
    double squares = slow.gates().decayGradient(theta, logAlpha, expectedOfTheta, expectedOfLog, 3);
    assertThat(fast.gates().decayGradient(theta, logAlpha, ofTheta, ofLog, 3))
        .isCloseTo(squares, within(1e-5 * squares));
    Samples.requireClose(ofTheta, expectedOfTheta, CLOSE);
    Samples.requireClose(ofLog, expectedOfLog, 1e-5);
    assertThat(fast.gates().expectedSquares(theta, logAlpha))
        .isCloseTo(slow.gates().expectedSquares(theta, logAlpha), within(1e-5 * squares));
    fast.gates().estimate(theta, logAlpha, weights);
    slow.gates().estimate(theta, logAlpha, expectedWeights);
    Samples.requireClose(weights, expectedWeights, CLOSE);
  }

  @Test
  void aGateThatIsDrawnWithZeroIsAsClosedAsItsLogAlphaLeavesIt() {
    Noise zeros = Noise.given(Samples.filled(2, i -> 0));
    double[] logAlpha = {2.197, 25};
    for (Kernels kernels : new Kernels[] {fast, slow}) {
      Values concrete = Values.floats(2);
      Values weights = Values.floats(2);
      Values logs = Samples.filled(2, i -> logAlpha[i]);
      kernels
          .gates()
          .draw(Samples.filled(2, i -> 1), logs, zeros, concrete, Values.floats(2), weights);
      for (int i = 0; i < 2; i++) {
        double logit = (Math.log(GatePasses.EPSILON) + logAlpha[i]) / GatePasses.BETA;
        double s = 1 / (1 + Math.exp(-logit));
        assertThat(concrete.get(i)).isCloseTo(s, within(2e-5 * s));
      }
      assertThat(weights.get(0)).isZero();
      assertThat(weights.get(1)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,2", "3,17", "31,33", "100,10", "5,2047", "4,5003"})
  void softmaxAndCrossEntropy(int rows, int classes) {
    for (Smoothing.Kind kind : Smoothing.Kind.values()) {
      Smoothing smoothing = new Smoothing(kind, 0.1);
      Values scores = Samples.normals(1, rows * classes);
      Values labels = Samples.filled(rows, i -> (i * 7) % classes);
      Values oneHot =
          Samples.filled(rows * classes, i -> i % classes == labels.get(i / classes) ? 1 : 0);
      Values weights = Samples.filled(rows, i -> i % 2);
      Values expected = Values.floats(rows * classes);
      double loss = slow.loss().crossEntropy(scores, oneHot, classes, smoothing, null, 2, expected);
      for (Values truth : new Values[] {labels, oneHot}) {
        Values gradient = Values.floats(rows * classes);
        assertThat(fast.loss().crossEntropy(scores, truth, classes, smoothing, null, 2, gradient))
            .isCloseTo(loss, within(1e-6 * loss));
        Samples.requireClose(gradient, expected, CLOSE);
      }
      loss = slow.loss().crossEntropy(scores, labels, classes, smoothing, weights, 1, expected);
      Values inPlace = Samples.copy(scores);
      assertThat(fast.loss().crossEntropy(inPlace, labels, classes, smoothing, weights, 1, inPlace))
          .isCloseTo(loss, within(1e-6 * Math.abs(loss) + 1e-9));
      Samples.requireClose(inPlace, expected, CLOSE);
      fast.loss().softmax(scores, classes, inPlace);
      slow.loss().softmax(scores, classes, expected);
      Samples.requireClose(inPlace, expected, CLOSE);
    }
  }

  @Test
  void aRowWithoutAClassHasNeitherLossNorGradient() {
    int classes = 5000; // More than a piece.
    Values scores = Samples.normals(1, 3 * classes);
    scores.set(classes, Double.NaN);
    Values labels = Samples.filled(3, i -> i == 1 ? LossPasses.UNCOUNTED : i);
    for (Kernels kernels : new Kernels[] {fast, slow}) {
      Values gradient = Samples.normals(2, 3 * classes);
      double loss =
          kernels.loss().crossEntropy(scores, labels, classes, Smoothing.NONE, null, 1, gradient);
      assertThat(loss).isPositive();
      for (int i = classes; i < 2 * classes; i++) {
        assertThat(gradient.get(i)).isZero();
      }
    }
  }

  @Test
  void aWindowWithSomethingThatIsNotANumberIsNone() {
    PoolingShape shape = new PoolingShape(1, 2, 2, 1, 2);
    for (int at = 0; at < 4; at++) {
      for (Kernels kernels : new Kernels[] {fast, slow}) {
        Values x = Values.floats(4);
        x.set(0, 1);
        x.set(3, 2);
        x.set(at, Double.NaN);
        Values y = Values.floats(1);
        kernels.pooling().forward(shape, x, y);
        assertThat(y.get(0)).as("NaN at %d, %s", at, kernels).isNaN();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,2,2,1,2",
    "3,4,4,17,2",
    "2,7,5,3,2",
    "5,9,9,33,3",
    "100,24,24,20,2",
    "1,4,5,1500,2",
    "1,4,4,5000,3"
  })
  void pooling(int batch, int height, int width, int channels, int size) {
    PoolingShape shape = new PoolingShape(batch, height, width, channels, size);
    int n = batch * height * width * channels;
    int results = batch * shape.resultHeight() * shape.resultWidth() * channels;
    // Many equal values: the first of them takes the gradient.
    Noise noise = Noise.stream(4);
    Values x = Samples.filled(n, i -> Math.rint(noise.normal(i)));
    Values y = Values.floats(results);
    Values expected = Values.floats(results);
    fast.pooling().forward(shape, x, y);
    slow.pooling().forward(shape, x, expected);
    Samples.requireClose(y, expected, 0);
    Values dy = Samples.normals(5, results);
    Values dx = Samples.normals(6, n);
    Values expectedDx = Samples.normals(7, n);
    fast.pooling().backward(shape, x, y, dy, dx);
    slow.pooling().backward(shape, x, y, dy, expectedDx);
    Samples.requireClose(dx, expectedDx, 0);
  }

  @ParameterizedTest
  @EnumSource(Smoothing.Kind.class)
  void aClassThatDoesNotExistIsRefused(Smoothing.Kind kind) {
    Values scores = Samples.normals(1, 6);
    Values labels = Samples.filled(2, i -> 3);
    for (Kernels kernels : new Kernels[] {fast, slow}) {
      assertThatThrownBy(
              () ->
                  kernels
                      .loss()
                      .crossEntropy(scores, labels, 3, new Smoothing(kind, 0), null, 1, scores))
          .hasMessage(
              "Cannot judge a row by the class 3.0: classes are whole numbers from 0 to 2.");
    }
  }

  @Test
  void gradientsTooSmallToMatterVanish() {
    double[] scores = {0, -60, -80, -200};
    Values gradient = Samples.filled(4, i -> scores[i]);
    Values labels = Samples.filled(1, i -> 0);
    fast.loss().crossEntropy(gradient, labels, 4, Smoothing.NONE, null, 0.01, gradient);
    assertThat(gradient.get(1)).isCloseTo(0.01 * Math.exp(-60), within(2e-30));
    assertThat(gradient.get(2)).isZero();
    assertThat(gradient.get(3)).isZero();
    gradient.set(0, Double.NaN);
    fast.loss().crossEntropy(gradient, labels, 4, Smoothing.NONE, null, 0.01, gradient);
    assertThat(gradient.get(1)).isNaN();
  }

  @Test
  void scoresOfAThousandDoNotOverflow() {
    Values near = Samples.normals(1, 12);
    Values far = Samples.filled(12, i -> near.get(i) + 1000);
    for (Kernels kernels : new Kernels[] {fast, slow}) {
      Values labels = Samples.filled(4, i -> i % 3);
      Values expected = Values.floats(12);
      Values actual = Values.floats(12);
      double loss = kernels.loss().crossEntropy(near, labels, 3, Smoothing.NONE, null, 1, expected);
      assertThat(kernels.loss().crossEntropy(far, labels, 3, Smoothing.NONE, null, 1, actual))
          .isCloseTo(loss, within(1e-3));
      Samples.requireClose(actual, expected, 1e-4);
      kernels.loss().softmax(near, 3, expected);
      kernels.loss().softmax(far, 3, actual);
      Samples.requireClose(actual, expected, 1e-4);
    }
  }

  @Test
  void kernelsAreChosenByName() {
    assertThat(slow.line()).isEqualTo("kernels: reference kernels (plain Java)");
    assertThat(fast.line()).startsWith("kernels: fast kernels, products and convolutions by ");
    assertThatThrownBy(() -> Kernels.named("quick"))
        .hasMessage(
            "Cannot choose the kernels 'quick': they are unknown; choose one of auto, reference.");
  }
}
