package org.espalier.engine.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.espalier.engine.layer.TensorVertex;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorDeclaration;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightForm;
import org.espalier.sparsity.WeightLayout;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A vertex of two inputs and one weight tensor: {@code y = a + b W}, all `[batch, width]`. */
final class Mixture extends GraphVertex implements TensorDeclaration {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final int width;
  @JsonProperty private final WeightForm form;
  @JsonProperty private final IUpdater updater;

  Mixture(
      @JsonProperty("width") int width,
      @JsonProperty("form") WeightForm form,
      @JsonProperty("updater") IUpdater updater) {
    this.width = width;
    this.form = form;
    this.updater = updater;
  }

  int width() {
    return width;
  }

  WeightForm form() {
    return form;
  }

  IUpdater updater() {
    return updater;
  }

  @Override
  public List<ParameterTensor> tensors(String owner) {
    ParameterTensor weight =
        ParameterTensor.weight(owner, ParameterTensor.WEIGHTS, WeightLayout.OUT_IN, width, width)
            .with(form.companion());
    List<ParameterTensor> tensors = new ArrayList<>(List.of(weight));
    weight.companion().ifPresent(key -> tensors.add(weight.declareCompanion()));
    return TensorDeclaration.inOrder(tensors);
  }

  @Override
  public void initialise(ParameterTensor tensor, INDArray values, long seed) {
    if (tensor.role() == TensorRole.COMPANION) {
      form.initialiseCompanion(values, seed, tensor.name());
    } else {
      values.assign(Nd4j.randn(values.dataType(), values.shape()).muli(0.3));
    }
  }

  @Override
  public long numParams(boolean backprop) {
    return tensors("").stream().mapToLong(ParameterTensor::length).sum();
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    return new MixtureVertex(
        new TensorVertex.Place(graph, name, index),
        this,
        TensorVertex.Parameters.of(parameters, initialise),
        type);
  }

  @Override
  public GraphVertex clone() {
    return new Mixture(width, form, updater);
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 2;
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return inputs[0];
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(null, Mixture.class, inputs[0], inputs[0]).build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mixture that
        && width == that.width
        && form.equals(that.form)
        && updater.equals(that.updater);
  }

  @Override
  public int hashCode() {
    return Objects.hash(width, form, updater);
  }
}
