package org.espalier.layer;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A fully connected layer with bias and ReLU: {@code max(x W + b, 0)}, x `[batch, in]`, W `[in,
 * out]`, b `[out]`, result `[batch, out]`.
 *
 * <p>Parameters, their names and their order in the flat vector are those of DL4J's DenseLayer. The
 * forward pass is one product and one fused pass, the backward pass two products (one where the
 * input's gradient is omitted) and one fused pass. float32 only.
 */
public final class RectifiedDense extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private InputGradient inputGradient = InputGradient.COMPUTED;

  /** For DL4J's JSON. */
  RectifiedDense() {}

  private RectifiedDense(Builder builder) {
    super(builder);
    this.inputGradient = builder.inputGradient;
  }

  /** Whether the layer hands a gradient to what is below it. */
  public InputGradient inputGradient() {
    return inputGradient;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    RectifiedDenseLayer layer = new RectifiedDenseLayer(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(configuration, parameters, initialise);
    layer.setParamTable(table);
    layer.setConf(configuration);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return DefaultParamInitializer.getInstance();
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    long parameters = initializer().numParams(this);
    return new LayerMemoryReport.Builder(
            getLayerName(), RectifiedDense.class, input, getOutputType(-1, input))
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RectifiedDense that
        && super.equals(other)
        && inputGradient == that.inputGradient;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + inputGradient.hashCode();
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof RectifiedDense;
  }

  /** Builds the layer's configuration. */
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private InputGradient inputGradient = InputGradient.COMPUTED;

    /** A layer from {@code in} to {@code out} units. */
    public Builder(int in, int out) {
      nIn(in);
      nOut(out);
      activation(Activation.RELU);
    }

    /** Whether the layer hands a gradient to what is below it; computed unless told otherwise. */
    public Builder inputGradient(InputGradient choice) {
      inputGradient = choice;
      return this;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The signature is DL4J's.
    public <L extends org.deeplearning4j.nn.conf.layers.Layer> L build() {
      return (L) new RectifiedDense(this);
    }
  }
}
