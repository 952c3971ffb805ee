package org.espalier.tasks.translation;

import org.espalier.base.settings.Recipe;
import org.espalier.base.settings.Settings;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.SmoothingKeys;

/** A Transformer small enough for tests and first tries: 2 layers of width 64. */
public final class TransformerTiny extends TransformerNetwork {
  /** The network before it is told its settings. */
  public TransformerTiny() {}

  private TransformerTiny(Settings settings) {
    super(settings);
  }

  @Override
  public String name() {
    return "transformer-tiny";
  }

  @Override
  public NetworkModel with(Settings settings) {
    return new TransformerTiny(settings);
  }

  @Override
  public Recipe recipe() {
    return Recipe.none()
        .with(LAYERS, "2")
        .with(WIDTH, "64")
        .with(FEED_FORWARD, "128")
        .with(HEADS, "4")
        .with(OptimiserKeys.RULE, "adam")
        .with(OptimiserKeys.BETA2, "0.997")
        .with(OptimiserKeys.EPSILON, "1e-9")
        .with(OptimiserKeys.LEARNING_RATE, "0.003")
        .with(OptimiserKeys.SCHEDULE, "constant")
        .with(SmoothingKeys.LABEL_SMOOTHING, "0.1");
  }
}
