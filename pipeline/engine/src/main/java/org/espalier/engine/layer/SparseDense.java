package org.espalier.engine.layer;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.espalier.engine.tensor.ProductDeclaration;

/**
 * A fully connected layer: {@code y = f(x W + b)}, x `[batch, in]` or `[batch, length, in]` or
 * images `[batch, height, width, channels]` of {@code in} values each, W `[in, out]` in
 * column-major order (as DL4J's DenseLayer has it), b `[out]`, y `[batch, out]` or `[batch, length,
 * out]`.
 *
 * <p>With variational weights a sequence shares its noise among its positions; with plain ones a
 * mask may be held.
 */
public final class SparseDense extends SparseLayer {
  private static final long serialVersionUID = 1L;

  /** For DL4J's JSON. */
  SparseDense() {}

  private SparseDense(Builder builder) {
    super(builder);
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    if (input instanceof InputType.InputTypeRecurrent sequence) {
      return InputType.recurrent(getNOut(), sequence.getTimeSeriesLength(), sequence.getFormat());
    }
    return InputType.feedForward(getNOut());
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    if (getNIn() <= 0 || override) {
      setNIn(
          input instanceof InputType.InputTypeRecurrent sequence
              ? sequence.getSize()
              : input.arrayElementsPerExample());
    }
  }

  @Override
  long positions(InputType input) {
    return ProductDeclaration.positions(input);
  }

  @Override
  Geometry geometry(long[] inputShape) {
    return Geometry.dense(
        getLayerName(), inputShape, Math.toIntExact(getNIn()), Math.toIntExact(getNOut()));
  }

  /** Builds the layer's configuration. */
  public static final class Builder extends SparseLayer.Builder<Builder> {
    /** A layer from {@code in} to {@code out} units. */
    public Builder(int in, int out) {
      super(in, out);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The signature is DL4J's.
    public <L extends org.deeplearning4j.nn.conf.layers.Layer> L build() {
      return (L) new SparseDense(this);
    }
  }
}
