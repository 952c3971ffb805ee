package org.espalier.engine.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A table of vectors, one per token: x `[batch, length]` holds token numbers, W `[width, tokens]`
 * in column-major order (a token's vector lies in one piece), y `[batch, length, width]`.
 *
 * <p>Variational weights are sampled, and hard-concrete gates drawn, anew for every occurrence of a
 * token (the paper's released code). The table may also be the weights of the scores that end a
 * network: see {@link EmbeddingScores}; then its penalty counts once.
 */
public final class SparseEmbedding extends SparseLayer {
  private static final long serialVersionUID = 1L;

  /** For DL4J's JSON. */
  SparseEmbedding() {}

  private SparseEmbedding(Builder builder) {
    super(builder);
  }

  @Override
  Layer state(NeuralNetConfiguration configuration, DataType type) {
    return new SparseEmbeddingImplementation(configuration, type);
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.recurrent(width());
  }

  @Override
  public void setNIn(InputType input, boolean override) {}

  /** Values per token. */
  public int width() {
    return Math.toIntExact(getNIn());
  }

  /** Number of tokens. */
  public int tokens() {
    return Math.toIntExact(getNOut());
  }

  /** None: rows are looked up. */
  @Override
  long positions(InputType input) {
    return 0;
  }

  @Override
  Geometry geometry(long[] inputShape) {
    return Geometry.dense(getLayerName(), inputShape, width(), tokens());
  }

  /** Builds the layer's configuration. */
  public static final class Builder extends SparseLayer.Builder<Builder> {
    /** A table of so many tokens and values per token. */
    public Builder(int tokens, int width) {
      super(width, tokens);
      withoutBias();
      inputGradient(InputGradient.OMITTED);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The signature is DL4J's.
    public <L extends org.deeplearning4j.nn.conf.layers.Layer> L build() {
      SparseEmbedding table = new SparseEmbedding(this);
      if (Double.isFinite(table.form().trainThreshold())) {
        throw new IllegalArgumentException(
            "Cannot leave weights of log alpha %s and more out of an embedding's means in training: only dense and convolutional layers do that; train it without trainThreshold."
                .formatted(table.form().trainThreshold()));
      }
      return (L) table;
    }
  }
}
