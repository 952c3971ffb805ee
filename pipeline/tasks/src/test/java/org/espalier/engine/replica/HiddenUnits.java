package org.espalier.engine.replica;

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
import org.deeplearning4j.optimize.api.TrainingListener;
import org.espalier.engine.tensor.DeclaredParameters;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorDeclaration;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.WeightLayout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A layer of two weight tensors: {@code y = relu(x W) V}, x `[batch, in]`, y `[batch, out]`. */
final class HiddenUnits extends FeedForwardLayer implements TensorDeclaration {
  static final String SECOND = "V";
  private static final long serialVersionUID = 1L;

  @JsonProperty private int hidden;
  @JsonProperty private WeightForm form = WeightForm.PLAIN;

  /** For DL4J's JSON. */
  HiddenUnits() {}

  private HiddenUnits(Builder builder) {
    super(builder);
    this.hidden = builder.hidden;
    this.form = builder.form;
  }

  WeightForm form() {
    return form;
  }

  int hidden() {
    return hidden;
  }

  @Override
  public List<ParameterTensor> tensors(String owner) {
    ParameterTensor first = weight(owner, ParameterTensor.WEIGHTS, hidden, (int) getNIn());
    ParameterTensor second = weight(owner, SECOND, (int) getNOut(), hidden);
    if (form.companion().isEmpty()) {
      return TensorDeclaration.inOrder(List.of(first, second));
    }
    return TensorDeclaration.inOrder(
        List.of(first, second, first.declareCompanion(), second.declareCompanion()));
  }

  private ParameterTensor weight(String owner, String key, int outputs, int inputs) {
    return ParameterTensor.weight(owner, key, WeightLayout.OUT_IN, outputs, inputs)
        .with(form.companion());
  }

  @Override
  public void initialise(ParameterTensor tensor, INDArray values, long seed) {
    if (tensor.role() == TensorRole.COMPANION) {
      form.initialiseCompanion(values, seed, tensor.name());
    } else {
      long[] sizes = tensor.sizes();
      getWeightInitFn().init((double) sizes[0], (double) sizes[1], sizes, tensor.order(), values);
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
    HiddenUnitsState layer = new HiddenUnitsState(configuration, type);
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
    return DeclaredParameters.INSTANCE;
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return new LayerMemoryReport.Builder(getLayerName(), getClass(), input, input).build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HiddenUnits that
        && super.equals(other)
        && hidden == that.hidden
        && form.equals(that.form);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), hidden, form);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof HiddenUnits;
  }

  /** Builds the layer's configuration. */
  static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private final int hidden;
    private final WeightForm form;

    Builder(int in, int hidden, int out, WeightForm form) {
      nIn(in);
      nOut(out);
      this.hidden = hidden;
      this.form = form;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The signature is DL4J's.
    public <L extends org.deeplearning4j.nn.conf.layers.Layer> L build() {
      return (L) new HiddenUnits(this);
    }
  }
}
