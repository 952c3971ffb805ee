package org.espalier.engine.layer;

import java.util.Objects;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.sparsity.WeightLayout;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A 2-D convolution: {@code y = f(x * W + b)}, x `[batch, height, width, in]`, W `[out, in, kernel,
 * kernel]` row-major (as DL4J's ConvolutionLayer has it), b `[out]`, y `[batch, resultHeight,
 * resultWidth, out]`, padded with zeros on all sides alike.
 *
 * <p>Images lie channels last. A network declares that with {@code InputType.convolutional(height,
 * width, channels, CNN2DFormat.NHWC)}, and the layer says the same of its result; an input type
 * with channels first is refused. With variational weights every output element has noise of its
 * own.
 */
public final class SparseConvolution extends SparseLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int kernel;
  @JsonProperty private int stride;
  @JsonProperty private int padding;

  /** For DL4J's JSON. */
  SparseConvolution() {}

  private SparseConvolution(Builder builder) {
    super(builder);
    this.kernel = builder.kernel;
    this.stride = builder.stride;
    this.padding = builder.padding;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    ConvolutionShape shape = shape(input);
    return InputType.convolutional(
        shape.resultHeight(), shape.resultWidth(), shape.outputs(), CNN2DFormat.NHWC);
  }

  @Override
  long positions(InputType input) {
    ConvolutionShape shape = shape(input);
    return (long) shape.resultHeight() * shape.resultWidth();
  }

  private ConvolutionShape shape(InputType oneImage) {
    InputType.InputTypeConvolutional image = channelsLast(oneImage);
    return geometry(new long[] {1, image.getHeight(), image.getWidth(), image.getChannels()})
        .convolution();
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    if (getNIn() <= 0 || override) {
      setNIn(channelsLast(input).getChannels());
    }
  }

  private InputType.InputTypeConvolutional channelsLast(InputType input) {
    if (input instanceof InputType.InputTypeConvolutional images
        && images.getFormat() == CNN2DFormat.NHWC) {
      return images;
    }
    throw new IllegalArgumentException(
        "Cannot convolve %s in layer %s: it takes images with channels last; declare InputType.convolutional(height, width, channels, CNN2DFormat.NHWC)."
            .formatted(input, getLayerName()));
  }

  @Override
  ParameterTensor weight(String owner) {
    return ParameterTensor.weight(
        owner,
        ParameterTensor.WEIGHTS,
        WeightLayout.OUT_IN_HEIGHT_WIDTH,
        Math.toIntExact(getNOut()),
        Math.toIntExact(getNIn()),
        kernel,
        kernel);
  }

  @Override
  double[] fans() {
    double area = (double) kernel * kernel;
    return new double[] {getNIn() * area, getNOut() * area / ((double) stride * stride)};
  }

  @Override
  Geometry geometry(long[] inputShape) {
    ConvolutionShape oneWindow =
        new ConvolutionShape(
            1,
            kernel,
            kernel,
            Math.toIntExact(getNIn()),
            Math.toIntExact(getNOut()),
            kernel,
            kernel,
            stride,
            padding);
    return Geometry.convolution(getLayerName(), inputShape, oneWindow);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseConvolution that
        && super.equals(other)
        && kernel == that.kernel
        && stride == that.stride
        && padding == that.padding;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), kernel, stride, padding);
  }

  /** Builds the layer's configuration. */
  public static final class Builder extends SparseLayer.Builder<Builder> {
    private final int kernel;
    private int stride = 1;
    private int padding;

    /** A layer from {@code in} to {@code out} channels with square kernels. */
    public Builder(int in, int out, int kernel) {
      super(in, out);
      this.kernel = kernel;
    }

    /** Distance of two windows, in both directions; 1 unless told otherwise. */
    public Builder stride(int pixels) {
      stride = pixels;
      return this;
    }

    /** Zeros on each side of an image; none unless told otherwise. */
    public Builder padding(int pixels) {
      padding = pixels;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The signature is DL4J's.
    public <L extends org.deeplearning4j.nn.conf.layers.Layer> L build() {
      return (L) new SparseConvolution(this);
    }
  }
}
