package org.espalier.tasks.translation;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.datasets.SentencePairs;
import org.espalier.datasets.rows.RowKind;
import org.espalier.engine.decoding.TokenScorer;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.optimiser.Optimiser;
import org.espalier.engine.transformer.TokenLoss;
import org.espalier.engine.transformer.Transformer;
import org.espalier.engine.transformer.TransformerDecoder;
import org.espalier.engine.transformer.TransformerDropout;
import org.espalier.engine.transformer.TransformerShape;
import org.espalier.engine.weights.WeightForm;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.SmoothingKeys;
import org.espalier.tasks.Task;

/**
 * A Transformer that translates, of sizes that the configuration says. Its inputs are `source` and
 * `target`, its output what {@link TokenLoss} gives; its tensors are {@code transformer/embedding},
 * {@code transformer/encoder.layer0.selfAttention.q}, ....
 */
abstract class TransformerNetwork implements NetworkModel {
  private static final String TRANSFORMER = "transformer";

  static final Key<Integer> LAYERS =
      Key.of(
          "transformer.layers",
          ValueKind.smallNumber(1),
          "6",
          "layers of a Transformer's encoder, and of its decoder");
  static final Key<Integer> WIDTH =
      Key.of(
          "transformer.width",
          ValueKind.smallNumber(2),
          "512",
          "features of a position, even and a multiple of transformer.heads");
  static final Key<Integer> FEED_FORWARD =
      Key.of(
          "transformer.feedForward",
          ValueKind.smallNumber(1),
          "2048",
          "features inside a Transformer's feed-forward layers");
  static final Key<Integer> HEADS =
      Key.of("transformer.heads", ValueKind.smallNumber(1), "8", "heads of a Transformer");
  static final Key<Double> DROPOUT =
      Key.of(
          "transformer.dropout",
          rate(),
          "0.1",
          "rate of dropout of embedded tokens and of what each sublayer adds");
  static final Key<Double> ATTENTION_DROPOUT =
      Key.of("transformer.attentionDropout", rate(), "0.1", "rate of dropout of attention weights");
  static final Key<Double> RELU_DROPOUT =
      Key.of(
          "transformer.reluDropout",
          rate(),
          "0.1",
          "rate of dropout inside a Transformer's feed-forward layers");

  private final Optional<Settings> settings;

  /** A network before it is told its settings. */
  TransformerNetwork() {
    settings = Optional.empty();
  }

  /** A network of these settings, in which the width was checked. */
  TransformerNetwork(Settings settings) {
    this.settings = Optional.of(settings);
    requireWidth(settings);
  }

  private static ValueKind<Double> rate() {
    return ValueKind.number("at least 0 and below 1", x -> x >= 0 && x < 1);
  }

  private static void requireWidth(Settings settings) {
    int width = settings.value(WIDTH);
    int heads = settings.value(HEADS);
    if (width % heads != 0 || width % 2 != 0) {
      throw new Refusal(
          "Cannot build a Transformer of %s = %d and %s = %d: the width must be even and a multiple of the number of heads, such as %d."
              .formatted(
                  WIDTH.path(), width, HEADS.path(), heads, 2 * heads * (width / (2 * heads) + 1)));
    }
  }

  @Override
  public Keys keys() {
    return NetworkModel.super
        .keys()
        .and(
            LAYERS,
            WIDTH,
            FEED_FORWARD,
            HEADS,
            DROPOUT,
            ATTENTION_DROPOUT,
            RELU_DROPOUT,
            SmoothingKeys.LABEL_SMOOTHING);
  }

  @Override
  public Task task() {
    return new Translation();
  }

  @Override
  public Optional<TokenScorer> scorer() {
    return Optional.of(TransformerDecoder::of);
  }

  @Override
  public List<InputType> inputs(RowKind rows) {
    InputType side = InputType.recurrent(3, ((SentencePairs) rows).length());
    return List.of(side, side);
  }

  @Override
  public ComputationGraphConfiguration graph(
      RowKind rows, Optimiser optimiser, WeightForm weights, long seed) {
    Settings sizes = settings.orElseThrow(() -> new IllegalStateException("no settings yet"));
    SentencePairs pairs = (SentencePairs) rows;
    TransformerShape shape =
        new TransformerShape(
            pairs.subwords(),
            sizes.value(WIDTH),
            sizes.value(FEED_FORWARD),
            sizes.value(HEADS),
            sizes.value(LAYERS),
            pairs.length());
    TransformerDropout dropout =
        new TransformerDropout(
            sizes.value(DROPOUT), sizes.value(ATTENTION_DROPOUT), sizes.value(RELU_DROPOUT));
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(optimiser.updater())
        .graphBuilder()
        .addInputs("source", "target")
        .addVertex(
            TRANSFORMER,
            new Transformer(TRANSFORMER, shape, dropout, weights, optimiser),
            "source",
            "target")
        .addLayer(
            "tokens",
            new TokenLoss(SmoothingKeys.of(sizes, Smoothing.Kind.OTHER_CLASSES)),
            TRANSFORMER)
        .setOutputs("tokens")
        .build();
  }
}
