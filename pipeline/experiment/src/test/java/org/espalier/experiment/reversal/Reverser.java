package org.espalier.experiment.reversal;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.espalier.base.settings.Recipe;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.layer.SparseEmbedding;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.Task;
import org.espalier.tasks.TrainingKeys;

/**
 * A network that reverses short strings: a table of tokens and one hidden layer over all places.
 */
public final class Reverser implements NetworkModel {
  private static final int DIGITS = 10;
  private static final int TOKENS = DIGITS + 1;
  private static final int WIDTH = 12;
  private static final int HIDDEN = 64;

  @Override
  public String name() {
    return "reverser";
  }

  @Override
  public Task task() {
    return new StringReversal();
  }

  @Override
  public Recipe recipe() {
    return Recipe.none()
        .with(OptimiserKeys.LEARNING_RATE, "0.005")
        .with(TrainingKeys.BATCH, "32")
        .with(TrainingKeys.EPOCHS, "4");
  }

  @Override
  public ComputationGraphConfiguration graph(
      RowKind rows, Optimiser optimiser, WeightForm weights, long seed) {
    int longest = ((DigitStrings) rows).longest();
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(optimiser.updater())
        .l2(optimiser.weightDecay())
        .graphBuilder()
        .addInputs("tokens")
        .addLayer(
            "table", new SparseEmbedding.Builder(TOKENS, WIDTH).form(weights).build(), "tokens")
        .addVertex("places", new ReshapeVertex(-1, longest * WIDTH), "table")
        .addLayer(
            "hidden",
            new SparseDense.Builder(longest * WIDTH, HIDDEN).rectified().form(weights).build(),
            "places")
        .addLayer(
            "scores",
            new SparseDense.Builder(HIDDEN, longest * DIGITS).form(weights).build(),
            "hidden")
        .addVertex("digits", new ReshapeVertex(-1, longest, DIGITS), "scores")
        .addLayer("loss", SoftmaxLoss.plain(), "digits")
        .setOutputs("loss")
        .build();
  }
}
