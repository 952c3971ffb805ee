package org.espalier.tasks.translation;

import java.util.Optional;
import org.espalier.base.settings.Recipe;
import org.espalier.base.settings.Settings;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.SmoothingKeys;

/**
 * Transformer-base (Vaswani et al. 2017) as the paper trains it: 61,083,648 weights that can be
 * sparsified of 61,163,520 parameters at a vocabulary of 33,288 subwords.
 */
public final class TransformerBase extends TransformerNetwork {
  private static final int LENGTH = 256;
  private static final int SUBWORDS = 33_288;

  /** The network before it is told its settings. */
  public TransformerBase() {}

  private TransformerBase(Settings settings) {
    super(settings);
  }

  @Override
  public String name() {
    return "transformer-base";
  }

  @Override
  public NetworkModel with(Settings settings) {
    return new TransformerBase(settings);
  }

  /**
   * The paper's (section 4.1 and the released code's settings), whose learning rate is {@code 2 /
   * sqrt(512)} over the root of the step. Its 500,000 steps are as many epochs as the data says.
   */
  @Override
  public Recipe recipe() {
    return Recipe.none()
        .with(Translation.BATCH_TOKENS, "2048")
        .with(OptimiserKeys.RULE, "adam")
        .with(OptimiserKeys.BETA2, "0.997")
        .with(OptimiserKeys.EPSILON, "1e-9")
        .with(OptimiserKeys.LEARNING_RATE, Double.toString(2 / Math.sqrt(512)))
        .with(OptimiserKeys.SCHEDULE, "rsqrt")
        .with(OptimiserKeys.WARM_UP, "8000")
        .with(SmoothingKeys.LABEL_SMOOTHING, "0.1");
  }

  /** WMT14 English-German as tensor2tensor packs it. */
  @Override
  public Optional<RowKind> publishedRows() {
    return Optional.of(new SentencePairs(LENGTH, SUBWORDS, "the paper's"));
  }
}
