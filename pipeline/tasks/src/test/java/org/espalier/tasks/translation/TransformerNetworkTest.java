package org.espalier.tasks.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.SentencePairs;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.optimiser.ConstantRate;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.engine.replica.Dl4jReplica;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.StepReport;
import org.espalier.engine.tensor.TensorNames;
import org.espalier.engine.transformer.TokenLoss;
import org.espalier.engine.weights.PenaltySchedule;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class TransformerNetworkTest {
  private static final SentencePairs PAIRS = new SentencePairs(6, 11, "a vocabulary");
  private static final Optimiser ADAM =
      new Optimiser(new UpdateRule.Adam(0.9, 0.997, 1e-9), new ConstantRate(0.003), 0);

  private static NetworkModel model(String name, Map<String, String> settings) {
    NetworkModel model = NetworkModels.named(name);
    return model.with(Settings.of(model.keys(), settings).by(model.recipe()));
  }

  private static ComputationGraph graph(NetworkModel model, SentencePairs rows) {
    ComputationGraph graph = new ComputationGraph(model.graph(rows, ADAM, WeightForm.PLAIN, 1));
    graph.init();
    return graph;
  }

  @Test
  void aTinyTransformerLearnsToCopy() {
    Map<String, String> still =
        Map.of(
            "transformer.dropout", "0",
            "transformer.attentionDropout", "0",
            "transformer.reluDropout", "0",
            "labelSmoothing", "0");
    ComputationGraph graph = graph(model("transformer-tiny", still), PAIRS);
    Replica replica = Dl4jReplica.of(graph, SparseTensors.of(List.of()), MaskedGradient.NONE);
    INDArray tokens =
        Nd4j.createFromArray(
            new float[][][] {
              {{2, 9, 4, 1, 0, 0}, {1, 1, 1, 1, 0, 0}, {0, 1, 2, 3, 0, 0}},
              {{5, 3, 1, 8, 8, 1}, {1, 1, 1, 2, 2, 2}, {0, 1, 2, 0, 1, 2}},
              {{7, 6, 10, 3, 2, 1}, {1, 1, 1, 1, 1, 1}, {0, 1, 2, 3, 4, 5}}
            });
    INDArray labels =
        Nd4j.createFromArray(
            new float[][] {{2, 9, 4, 1, -1, -1}, {5, 3, 1, 8, 8, 1}, {7, 6, 10, 3, 2, 1}});
    MultiDataSet batch = new MultiDataSet(new INDArray[] {tokens, tokens}, new INDArray[] {labels});
    StepReport report = replica.run(ignored -> batch, 0, 60);
    INDArray output = replica.evaluate(batch, (result, ignored) -> result);
    assertThat(report.weight()).isEqualTo(60 * 16);
    for (int row = 0; row < 3; row++) {
      for (int t = 0; t < 6; t++) {
        if (labels.getDouble(row, t) >= 0) {
          assertThat(output.getDouble(row, TokenLoss.LIKELIEST, t))
              .isEqualTo(labels.getDouble(row, t));
        }
      }
    }
    assertThat(graph.score()).isLessThan(0.1);
    replica.close();
  }

  /** The recipe that others published figures of, beside the paper's. */
  @Test
  void sizesAreSettings() {
    SentencePairs pairs = new SentencePairs(64, 9_000, "a vocabulary");
    NetworkModel small = model("transformer-base", Map.of("transformer.feedForward", "1024"));
    long attention = 18 * 4 * 512 * 512;
    long feedForward = 12 * (2 * 512 * 1024 + 1024 + 512);
    long vectors = 32 * 2 * 512 + 32 * 512;
    assertThat(small.graph(pairs, ADAM, WeightForm.PLAIN, 1).getVertices().get("transformer"))
        .extracting(vertex -> vertex.numParams(true))
        .isEqualTo(attention + feedForward + vectors + 9_000 * 512);
  }

  @Test
  void theLearningRateIsThePapers() {
    NetworkModel base = NetworkModels.named("transformer-base");
    String rate = base.recipe().fallback(OptimiserKeys.LEARNING_RATE).orElseThrow();
    assertThat(Double.parseDouble(rate) / Math.sqrt(8000)).isCloseTo(9.8821e-4, within(1e-8));
  }

  @ParameterizedTest
  @CsvSource({"100, 8, 112", "9, 3, 12"})
  void aWidthThatHeadsCannotShareIsRefused(String width, String heads, String better) {
    assertThatThrownBy(
            () ->
                model(
                    "transformer-base",
                    Map.of("transformer.width", width, "transformer.heads", heads)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot build a Transformer of transformer.width = %s and transformer.heads = %s: the width must be even and a multiple of the number of heads, such as %s."
                .formatted(width, heads, better));
  }

  @Test
  void weightsAreNotLeftOutOfMeansInTraining() {
    WeightForm cut = new WeightForm.Variational(-10, 3, PenaltySchedule.NONE, 3);
    WeightForm some = new WeightForm.Selected(cut, new TensorNames("*.q"));
    for (WeightForm form : List.of(cut, some)) {
      assertThatThrownBy(() -> model("transformer-tiny", Map.of()).graph(PAIRS, ADAM, form, 1))
          .isInstanceOf(Refusal.class)
          .hasMessage(
              "Cannot leave weights of log alpha 3.0 and more out of a Transformer's means in training: only dense and convolutional layers do that; train it without trainThreshold.");
    }
  }
}
