package org.espalier.engine.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.layer.SparseEmbedding;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.SparseTensors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The weight of a step: tokens that count, where labels are class numbers. */
class TokenWeightTest {
  private static final Optimiser SGD = SmallNetwork.optimiser(SmallNetwork.SGD, 0.5, 0);
  private static final float[][] TOKENS = {{1, 2, 3, 0}, {4, 0, 0, 0}};
  private static final float[][] LABELS = {{3, 2, 1, -1}, {4, -1, -1, -1}};

  @Test
  void aStepWeighsAsManyTokensAsCount() {
    try (Replica replica = replica()) {
      StepReport report = replica.run(step -> batch(TOKENS, LABELS), 0, 3);
      assertThat(report.steps()).isEqualTo(3);
      assertThat(report.weight()).isEqualTo(12);
    }
  }

  @Test
  void paddingChangesNothing() {
    float[][] longer = {{1, 2, 3, 0, 0, 0}, {4, 0, 0, 0, 0, 0}};
    float[][] uncounted = {{3, 2, 1, -1, -1, -1}, {4, -1, -1, -1, -1, -1}};
    assertThat(trained(longer, uncounted)).isEqualTo(trained(TOKENS, LABELS));
  }

  /** Workers with different numbers of tokens, weighed, are one process with all of them. */
  @Test
  void gradientsWeighedByTokensAreThoseOfTheWholeBatch() {
    float[] start = vector();
    float[] whole = trained(TOKENS, LABELS);
    float[] first = trained(new float[][] {TOKENS[0]}, new float[][] {LABELS[0]});
    float[] second = trained(new float[][] {TOKENS[1]}, new float[][] {LABELS[1]});
    for (int i = 0; i < start.length; i++) {
      double mean = (3.0 * (first[i] - start[i]) + (second[i] - start[i])) / 4;
      assertThat(whole[i] - start[i])
          .isCloseTo((float) mean, org.assertj.core.data.Offset.offset(1e-6f));
    }
  }

  @Test
  void classNumbersOfExamplesCountOnePerExample() {
    INDArray features = SmallNetwork.examples(0, 6).getFeatures(0);
    INDArray labels = Nd4j.createFromArray(0f, 1f, 2f, 0f, -1f, 1f);
    MultiDataSet batch = new MultiDataSet(new INDArray[] {features}, new INDArray[] {labels});
    try (Replica replica = SmallNetwork.recipe(SGD, MaskedGradient.NONE).build()) {
      StepReport report = replica.run(step -> batch, 0, 1);
      assertThat(report.weight()).isEqualTo(5);
      assertThat(report.lossSum()).isPositive();
    }
  }

  private static float[] trained(float[][] tokens, float[][] labels) {
    try (Replica replica = replica()) {
      replica.run(step -> batch(tokens, labels), 0, 1);
      return replica.vector().head(replica.parameters());
    }
  }

  private static float[] vector() {
    try (Replica replica = replica()) {
      return replica.vector().head(replica.parameters());
    }
  }

  private static MultiDataSet batch(float[][] tokens, float[][] labels) {
    return new MultiDataSet(
        new INDArray[] {Nd4j.createFromArray(tokens)},
        new INDArray[] {Nd4j.createFromArray(labels)});
  }

  private static Replica replica() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(SGD.updater())
                .graphBuilder()
                .addInputs("tokens")
                .addLayer("table", new SparseEmbedding.Builder(5, 6).build(), "tokens")
                .addLayer("scores", new SparseDense.Builder(6, 5).build(), "table")
                .addLayer("loss", SoftmaxLoss.plain(), "scores")
                .setOutputs("loss")
                .build());
    graph.init();
    return Dl4jReplica.of(graph, SparseTensors.of(), MaskedGradient.NONE);
  }
}
