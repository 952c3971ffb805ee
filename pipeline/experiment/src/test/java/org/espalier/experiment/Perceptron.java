package org.espalier.experiment;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Recipe;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.datasets.ImageShape;
import org.espalier.engine.layer.SoftmaxLoss;
import org.espalier.engine.layer.SparseDense;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.engine.stochastic.VariationalDropout;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.TrainingKeys;
import org.espalier.tasks.classification.ImageNetwork;

/** A network as a user would add it, with a recipe and a key of its own: one hidden layer. */
public final class Perceptron implements ImageNetwork {
  private static final Key<Integer> HIDDEN =
      Key.of("perceptron.hidden", ValueKind.smallNumber(1), "16", "hidden units of a perceptron");

  private final int hidden;

  /** The network before it is told its width. */
  public Perceptron() {
    this(0);
  }

  private Perceptron(int hidden) {
    this.hidden = hidden;
  }

  @Override
  public String name() {
    return "perceptron";
  }

  @Override
  public Keys keys() {
    return ImageNetwork.super.keys().and(HIDDEN);
  }

  @Override
  public Recipe recipe() {
    return Recipe.none()
        .with(OptimiserKeys.RULE, "nesterov")
        .with(OptimiserKeys.LEARNING_RATE, "0.1")
        .with(OptimiserKeys.SCHEDULE, "cosine")
        .with(TrainingKeys.BATCH, "64")
        .with(TrainingKeys.EPOCHS, "7")
        .with(VariationalDropout.INITIAL_LOG_SIGMA2, "-15");
  }

  @Override
  public NetworkModel with(Settings settings) {
    if (settings.value(HIDDEN) > 1000) {
      throw new Refusal("Cannot build a perceptron of over 1000 hidden units: choose fewer.");
    }
    return new Perceptron(settings.value(HIDDEN));
  }

  @Override
  public ComputationGraphConfiguration graph(
      ImageShape image, int classes, Optimiser optimiser, WeightForm weights, long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(optimiser.updater())
        .l2(optimiser.weightDecay())
        .graphBuilder()
        .addInputs("images")
        .addLayer(
            "hidden",
            new SparseDense.Builder(image.bytes(), hidden).rectified().form(weights).build(),
            "images")
        .addLayer("out", new SparseDense.Builder(hidden, classes).form(weights).build(), "hidden")
        .addLayer("classes", SoftmaxLoss.plain(), "out")
        .setOutputs("classes")
        .build();
  }
}
