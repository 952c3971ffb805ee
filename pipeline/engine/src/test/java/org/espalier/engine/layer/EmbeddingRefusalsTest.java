package org.espalier.engine.layer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a table cannot look up is named, on kernels and on ND4J's operations. */
class EmbeddingRefusalsTest {
  private static final int TOKENS = 7;

  @ParameterizedTest
  @ValueSource(doubles = {-1, TOKENS, 2.5, -0.25, Double.NaN, Double.POSITIVE_INFINITY})
  void aTokenThatDoesNotExist(double token) {
    for (WeightForm form : GradientCheckTest.forms().toList()) {
      for (LayerHarness layer : layers(form)) {
        INDArray sentence = Nd4j.createFromArray(new float[][] {{0, 6, (float) token}});
        for (boolean training : new boolean[] {true, false}) {
          assertThatThrownBy(() -> run(layer, sentence, training))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage(
                  "Cannot look up the token %s: tokens are whole numbers from 0 to 6.", token);
        }
      }
    }
  }

  @Test
  void meansThatAreCutInTraining() {
    WeightForm form = new WeightForm.Variational(-2, 3, PenaltySchedule.NONE, 3);
    SparseEmbedding.Builder builder = new SparseEmbedding.Builder(TOKENS, 3).form(form);
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot leave weights of log alpha 3.0 and more out of an embedding's means in training: only dense and convolutional layers do that; train it without trainThreshold.");
  }

  @Test
  void anEmptyBatch() {
    for (LayerHarness layer : layers(WeightForm.PLAIN)) {
      assertThatThrownBy(() -> layer.train(Nd4j.create(DataType.FLOAT, 0, 5)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Cannot run layer layer on an array of shape [0, 5]: it takes the token numbers [batch, length], at least one.");
    }
  }

  @Test
  void tokensThatAreNoSentences() {
    for (LayerHarness layer : layers(WeightForm.PLAIN)) {
      assertThatThrownBy(() -> layer.train(Nd4j.create(DataType.FLOAT, 2, 5, 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Cannot run layer layer on an array of shape [2, 5, 1]: it takes the token numbers [batch, length], at least one.");
    }
  }

  private static INDArray run(LayerHarness layer, INDArray sentence, boolean training) {
    return training ? layer.train(sentence) : layer.evaluate(sentence);
  }

  private static List<LayerHarness> layers(WeightForm form) {
    return List.of(
        new LayerHarness(new SparseEmbedding.Builder(TOKENS, 3).form(form).build(), DataType.FLOAT),
        new LayerHarness(new SparseEmbedding.Builder(TOKENS, 3).form(form).build()),
        LayerHarness.onOperations(
            new SparseEmbedding.Builder(TOKENS, 3).form(form).build(), DataType.FLOAT));
  }
}
