package org.espalier.engine.kernel.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.espalier.engine.kernel.Kernels;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Samples;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sequence.AttentionShape.Reach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast forms beside the references, over odd sizes, with what was there before overwritten. */
class SequenceKernelsTest {
  private static final SequenceKernels FAST = new SequenceKernels(Kernels.named("auto"));
  private static final SequenceKernels REFERENCE = new SequenceKernels(Kernels.reference());
  private static final double TOLERANCE = 2e-5;

  private static Values leftOver(int length) {
    return Samples.uniforms(99, length);
  }

  private static Dropout dropout(double rate) {
    return rate == 0 ? Dropout.NONE : new Dropout(rate, Noise.stream(77));
  }

  @ParameterizedTest
  @CsvSource({"7, 5", "16, 128", "33, 300"})
  void layerNormalisationFollowsItsReference(int features, int positions) {
    Values x = Samples.normals(1, features * positions);
    LayerNormalisation.Affine affine =
        new LayerNormalisation.Affine(Samples.normals(2, features), Samples.normals(3, features));
    Values[] moments = {leftOver(2 * positions), leftOver(2 * positions)};
    Values[] y = {leftOver(x.length()), leftOver(x.length())};
    LayerNormalisation[] both = {FAST.normalisation(), REFERENCE.normalisation()};
    for (int i = 0; i < 2; i++) {
      both[i].forward(x, affine, moments[i], y[i]);
    }
    Samples.requireClose(y[0], y[1], TOLERANCE);
    Samples.requireClose(moments[0], moments[1], TOLERANCE);
    Values delta = Samples.normals(4, x.length());
    for (Into into : Into.values()) {
      LayerNormalisation.Affine[] gradients = new LayerNormalisation.Affine[2];
      Values[] dx = {leftOver(x.length()), leftOver(x.length())};
      for (int i = 0; i < 2; i++) {
        gradients[i] = new LayerNormalisation.Affine(leftOver(features), leftOver(features));
        both[i].backward(x, affine, moments[1], delta, gradients[i], dx[i], into);
      }
      Samples.requireClose(dx[0], dx[1], TOLERANCE);
      Samples.requireClose(gradients[0].gain(), gradients[1].gain(), TOLERANCE);
      Samples.requireClose(gradients[0].shift(), gradients[1].shift(), TOLERANCE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SEGMENT, 5, 7, 0",
    "SEGMENT, 16, 9, 0.3",
    "BEFORE, 11, 11, 0",
    "BEFORE, 16, 16, 0.2",
  })
  void attentionFollowsItsReference(Reach reach, int queries, int keys, double rate) {
    AttentionShape shape = new AttentionShape(3, queries, keys, 2, 5, reach);
    Attention.Operands operands =
        new Attention.Operands(
            Samples.normals(1, 30 * queries),
            Samples.normals(2, 30 * keys),
            Samples.normals(3, 30 * keys));
    Attention.Segments segments = new Attention.Segments(segments(queries, 3), segments(keys, 2));
    Values[] weights = {leftOver(shape.weights()), leftOver(shape.weights())};
    Values[] y = {leftOver(30 * queries), leftOver(30 * queries)};
    Attention[] both = {FAST.attention(shape), REFERENCE.attention(shape)};
    for (int i = 0; i < 2; i++) {
      both[i].forward(operands, segments, weights[i], dropout(rate), y[i]);
    }
    Samples.requireClose(weights[0], weights[1], TOLERANCE);
    Samples.requireClose(y[0], y[1], TOLERANCE);
    Values delta = Samples.normals(4, 30 * queries);
    Attention.Operands[] gradients = new Attention.Operands[2];
    for (int i = 0; i < 2; i++) {
      gradients[i] =
          new Attention.Operands(leftOver(30 * queries), leftOver(30 * keys), leftOver(30 * keys));
      both[i].backward(operands, weights[1], dropout(rate), delta, gradients[i]);
    }
    Samples.requireClose(gradients[0].queries(), gradients[1].queries(), TOLERANCE);
    Samples.requireClose(gradients[0].keys(), gradients[1].keys(), TOLERANCE);
    Samples.requireClose(gradients[0].values(), gradients[1].values(), TOLERANCE);
    both[0].close();
  }

  /** Segments of three sequences: the last is empty on the side of keys, so queries meet none. */
  private static Values segments(int length, int filled) {
    Values segments = Values.floats(3 * length);
    for (int i = 0; i < filled * length; i++) {
      segments.set(i, 1 + i % length / 4);
    }
    return segments;
  }

  @Test
  void aQueryThatMeetsNoKeyGetsZeros() {
    AttentionShape shape = new AttentionShape(1, 2, 2, 1, 2, Reach.SEGMENT);
    Attention.Operands operands =
        new Attention.Operands(Samples.normals(1, 4), Samples.normals(2, 4), Samples.normals(3, 4));
    Values ones = Values.floats(2);
    ones.fill(1);
    for (SequenceKernels kernels : new SequenceKernels[] {FAST, REFERENCE}) {
      Values y = leftOver(4);
      Attention attention = kernels.attention(shape);
      attention.forward(
          operands, new Attention.Segments(Values.floats(2), ones), leftOver(4), Dropout.NONE, y);
      for (int i = 0; i < 4; i++) {
        assertThat(y.get(i)).isZero();
      }
      attention.close();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4})
  void tokenPassesFollowTheirReferences(double rate) {
    int features = 19;
    int tokens = 37;
    int length = features * tokens;
    TokenPasses fast = FAST.passes();
    TokenPasses reference = REFERENCE.passes();
    Values rows = Samples.normals(1, length);
    Values factors = Samples.uniforms(2, tokens);
    Values positions = Values.floats(tokens);
    for (int t = 0; t < tokens; t++) {
      positions.set(t, t % 5);
    }
    Values places = Samples.normals(3, 6 * features);
    Values addend = Samples.normals(4, features);
    for (Values added : new Values[] {addend, null}) {
      Values y = leftOver(length);
      Values expected = leftOver(length);
      fast.embed(rows, factors, positions, places, added, dropout(rate), y);
      reference.embed(rows, factors, positions, places, added, dropout(rate), expected);
      Samples.requireClose(y, expected, TOLERANCE);
      Values sums = added == null ? null : leftOver(features);
      Values expectedSums = added == null ? null : leftOver(features);
      Values ofRows = leftOver(length);
      Values expectedOfRows = leftOver(length);
      fast.embedGradient(Samples.normals(5, length), factors, dropout(rate), sums, ofRows);
      reference.embedGradient(
          Samples.normals(5, length), factors, dropout(rate), expectedSums, expectedOfRows);
      Samples.requireClose(ofRows, expectedOfRows, TOLERANCE);
      if (added != null) {
        Samples.requireClose(sums, expectedSums, TOLERANCE);
      }
      joins(fast, reference, added, rate, length);
    }
    Values h = Samples.normals(6, length);
    Values expectedH = Samples.normals(6, length);
    fast.rectify(h, addend, dropout(rate));
    reference.rectify(expectedH, addend, dropout(rate));
    Samples.requireClose(h, expectedH, TOLERANCE);
    Values delta = Samples.normals(7, length);
    Values expectedDelta = Samples.normals(7, length);
    Values sums = leftOver(features);
    Values expectedSums = leftOver(features);
    fast.rectifyGradient(h, rate, delta, sums);
    reference.rectifyGradient(h, rate, expectedDelta, expectedSums);
    Samples.requireClose(delta, expectedDelta, TOLERANCE);
    Samples.requireClose(sums, expectedSums, TOLERANCE);
  }

  private static void joins(
      TokenPasses fast, TokenPasses reference, Values bias, double rate, int length) {
    Values x = Samples.normals(8, length);
    Values branch = Samples.normals(9, length);
    Values y = leftOver(length);
    Values expected = leftOver(length);
    fast.join(x, branch, bias, dropout(rate), y);
    reference.join(x, branch, bias, dropout(rate), expected);
    Samples.requireClose(y, expected, TOLERANCE);
    Values sums = bias == null ? null : leftOver(bias.length());
    Values expectedSums = bias == null ? null : leftOver(bias.length());
    fast.joinGradient(x, dropout(rate), sums, y);
    reference.joinGradient(x, dropout(rate), expectedSums, expected);
    Samples.requireClose(y, expected, TOLERANCE);
    if (bias != null) {
      Samples.requireClose(sums, expectedSums, TOLERANCE);
    }
  }

  @Test
  void droppedValuesAreAsManyAsTheRateSays() {
    Values ones = Values.floats(100_000);
    ones.fill(1);
    Values y = Values.floats(ones.length());
    FAST.passes().join(y, ones, null, dropout(0.3), y);
    int dropped = 0;
    for (int i = 0; i < y.length(); i++) {
      dropped += y.get(i) == 0 ? 1 : 0;
    }
    assertThat(dropped / 100_000.0).isCloseTo(0.3, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"7, 5", "70, 130", "33, 1"})
  void scoresFollowTheirReference(int tokens, int positions) {
    Values labels = Values.floats(positions);
    for (int t = 0; t < positions; t++) {
      labels.set(t, t % 4 == 3 ? -1 : t * 5 % tokens);
    }
    Smoothing smoothing = new Smoothing(Smoothing.Kind.OTHER_CLASSES, 0.1);
    Values[] scores = new Values[2];
    Values[] losses = {leftOver(positions), leftOver(positions)};
    Values[] predictions = {leftOver(2 * positions), leftOver(2 * positions)};
    double[] sums = new double[2];
    float[][] turned = new float[2][tokens * positions];
    TokenScores[] both = {FAST.scores(), REFERENCE.scores()};
    for (int i = 0; i < 2; i++) {
      scores[i] = Samples.normals(1, tokens * positions);
      both[i].predict(scores[i], labels, predictions[i]);
      both[i].logProbabilities(scores[i], positions, turned[i]);
      sums[i] = both[i].differentiate(scores[i], labels, smoothing, 0.7, losses[i]);
    }
    assertThat(sums[0]).isCloseTo(sums[1], within(1e-5 * Math.abs(sums[1])));
    Samples.requireClose(scores[0], scores[1], TOLERANCE);
    Samples.requireClose(losses[0], losses[1], TOLERANCE);
    Samples.requireClose(predictions[0], predictions[1], TOLERANCE);
    assertThat(turned[0]).containsExactly(turned[1], within(1e-5f));
  }

  @Test
  void ofEquallyLikelyTokensTheFirstIsExpected() {
    for (SequenceKernels kernels : new SequenceKernels[] {FAST, REFERENCE}) {
      Values predictions = leftOver(2);
      kernels.scores().predict(Values.floats(9), Values.floats(1), predictions);
      assertThat(predictions.get(1)).isZero();
      assertThat(predictions.get(0)).isCloseTo(-Math.log(9), within(1e-6));
    }
  }

  @Test
  void labelsThatAreNoTokensAreRefused() {
    Values labels = Values.floats(1);
    labels.set(0, 9);
    assertThatThrownBy(
            () ->
                REFERENCE
                    .scores()
                    .differentiate(Values.floats(9), labels, Smoothing.NONE, 1, Values.floats(1)))
        .hasMessage("Cannot judge a row by the class 9.0: classes are whole numbers from 0 to 8.");
  }

  @Test
  void attentionThatCannotBeCausalIsRefused() {
    assertThatThrownBy(() -> new AttentionShape(1, 3, 4, 1, 2, Reach.BEFORE))
        .hasMessage(
            "Cannot attend to positions before a query in sequences of 4 positions from 3: both must be the same.");
  }
}
