package org.espalier.engine.layer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.espalier.engine.tensor.DeclaredParameters;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.ProductDeclaration;
import org.espalier.engine.tensor.TensorDeclaration;
import org.espalier.engine.tensor.TensorProducts;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.WeightLayout;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The configuration of a linear layer on own kernels, followed by ReLU or nothing, whose weights
 * are of any {@link WeightForm}. The parameters are views of the network's flat vector: weights,
 * bias, and the weights' companion.
 */
public abstract class SparseLayer extends FeedForwardLayer
    implements TensorDeclaration, ProductDeclaration {
  private static final long serialVersionUID = 1L;

  /** The key of the bias. */
  static final String BIAS = "b";

  @JsonProperty private WeightForm form = WeightForm.PLAIN;

  @JsonProperty
  private org.espalier.engine.kernel.Activation function =
      org.espalier.engine.kernel.Activation.IDENTITY;

  @JsonProperty private Bias bias = Bias.LEARNED;
  @JsonProperty private InputGradient inputGradient = InputGradient.COMPUTED;

  /** For DL4J's JSON. */
  SparseLayer() {}

  SparseLayer(Builder<?> builder) {
    super(builder);
    this.form = builder.form;
    this.function = builder.function;
    this.bias = builder.bias;
    this.inputGradient = builder.inputGradient;
  }

  /** What the weights are. */
  public WeightForm form() {
    return form;
  }

  private WeightForm formOf(String owner) {
    return form.of(ParameterTensor.nameOf(owner, ParameterTensor.WEIGHTS));
  }

  /** What follows the sums. */
  public org.espalier.engine.kernel.Activation function() {
    return function;
  }

  /** Whether something is added to the sums. */
  public Bias bias() {
    return bias;
  }

  /** Whether the layer hands a gradient to what is below it. */
  public InputGradient inputGradient() {
    return inputGradient;
  }

  /** The layer in a replica. */
  Layer state(NeuralNetConfiguration configuration, DataType type) {
    return new SparseLayerImplementation(configuration, type);
  }

  /** The weights; a matrix `[out, in]` unless overridden. */
  ParameterTensor weight(String owner) {
    return ParameterTensor.weight(
        owner,
        ParameterTensor.WEIGHTS,
        WeightLayout.OUT_IN,
        Math.toIntExact(getNOut()),
        Math.toIntExact(getNIn()));
  }

  /** Number of inputs, and of outputs, that a weight's initial size depends on. */
  double[] fans() {
    return new double[] {getNIn(), getNOut()};
  }

  /** The positions of one example that the weights are applied at. */
  abstract long positions(InputType input);

  @Override
  public final Map<String, TensorProducts> products(String owner, InputType... inputs) {
    long positions = positions(inputs[0]);
    return Map.of(
        weight(owner).name(),
        inputGradient == InputGradient.OMITTED
            ? TensorProducts.ofFirst(positions)
            : TensorProducts.at(positions));
  }

  /** How a batch is read. */
  abstract Geometry geometry(long[] inputShape);

  @Override
  public final List<ParameterTensor> tensors(String owner) {
    ParameterTensor weight = weight(owner).with(formOf(owner).companion());
    List<ParameterTensor> tensors = new ArrayList<>(List.of(weight));
    if (bias == Bias.LEARNED) {
      tensors.add(ParameterTensor.vector(owner, BIAS, TensorRole.BIAS, Math.toIntExact(getNOut())));
    }
    weight.companion().ifPresent(key -> tensors.add(weight.declareCompanion()));
    return TensorDeclaration.inOrder(tensors);
  }

  @Override
  public final void initialise(ParameterTensor tensor, INDArray values, long seed) {
    switch (tensor.role()) {
      case BIAS -> values.assign(Double.isNaN(getBiasInit()) ? 0 : getBiasInit());
      case COMPANION -> formOf(getLayerName()).initialiseCompanion(values, seed, getLayerName());
      default -> {
        double[] fans = fans();
        getWeightInitFn().init(fans[0], fans[1], tensor.sizes(), tensor.order(), values);
      }
    }
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    requireOwnSettings();
    Layer layer = state(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table = initializer().init(configuration, parameters, initialise);
    layer.setParamTable(table);
    layer.setConf(configuration);
    return layer;
  }

  /** DL4J's other layers heed these two; here they would change nothing. */
  private void requireOwnSettings() {
    if (getIDropout() != null) {
      throw new IllegalArgumentException(
          "Cannot build the layer %s with %s: it does not apply DL4J's dropout; put a DropoutLayer before it."
              .formatted(getLayerName(), getIDropout()));
    }
    boolean rectified = function == org.espalier.engine.kernel.Activation.RELU;
    if (!(rectified ? ActivationReLU.class : ActivationIdentity.class)
        .isInstance(getActivationFn())) {
      throw new IllegalArgumentException(
          "Cannot build the layer %s with the activation %s: it is followed by ReLU or by nothing; call rectified(), or put an ActivationLayer behind it."
              .formatted(getLayerName(), getActivationFn()));
    }
  }

  @Override
  public List<Regularization> getRegularizationByParam(String key) {
    return key.equals(ParameterTensor.WEIGHTS) && formOf(getLayerName()).decaysItself()
        ? List.of()
        : super.getRegularizationByParam(key);
  }

  @Override
  public ParamInitializer initializer() {
    return DeclaredParameters.INSTANCE;
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    long parameters = initializer().numParams(this);
    return new LayerMemoryReport.Builder(
            getLayerName(), getClass(), input, getOutputType(-1, input))
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseLayer that
        && getClass() == that.getClass()
        && super.equals(other)
        && form.equals(that.form)
        && function == that.function
        && bias == that.bias
        && inputGradient == that.inputGradient;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), form, function, bias, inputGradient);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other != null && getClass() == other.getClass();
  }

  /** Builds a layer's configuration. */
  public abstract static class Builder<T extends Builder<T>> extends FeedForwardLayer.Builder<T> {
    private WeightForm form = WeightForm.PLAIN;
    private org.espalier.engine.kernel.Activation function =
        org.espalier.engine.kernel.Activation.IDENTITY;
    private Bias bias = Bias.LEARNED;
    private InputGradient inputGradient = InputGradient.COMPUTED;

    Builder(int in, int out) {
      nIn(in);
      nOut(out);
      activation(new ActivationIdentity());
    }

    /** What the weights are; plain numbers unless told otherwise. */
    public T form(WeightForm choice) {
      form = choice;
      return self();
    }

    /** Lets ReLU follow the sums. */
    public T rectified() {
      function = org.espalier.engine.kernel.Activation.RELU;
      activation(new ActivationReLU());
      return self();
    }

    /** Adds nothing to the sums. */
    public T withoutBias() {
      bias = Bias.NONE;
      return self();
    }

    /** Whether the layer hands a gradient to what is below it; computed unless told otherwise. */
    public T inputGradient(InputGradient choice) {
      inputGradient = choice;
      return self();
    }

    abstract T self();
  }
}
