package org.espalier.engine.backbone;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.maps.MapKernels;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.layer.ProductCount;
import org.espalier.engine.layer.TensorVertex;
import org.espalier.engine.layer.VertexTraining;
import org.espalier.engine.tensor.MomentTensors;
import org.espalier.engine.tensor.MultiplyAdds;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorRole;
import org.espalier.engine.weights.WeightTensor;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** {@link Backbone} in one replica. */
@SuppressWarnings("overrides") // DL4J overrides its own varargs without them.
final class BackboneVertex extends TensorVertex {
  private static final long serialVersionUID = 1L;

  /** Sizes of batches that are planned for at a time: those of training and of evaluation. */
  private static final int PLANS = 2;

  private final transient Backbone backbone;
  private final transient Host host = new Host();
  private final transient Map<String, ProductCount> counts = new HashMap<>();
  private final transient Map<Integer, BackbonePlan> plans = new LinkedHashMap<>();
  private transient BackbonePlan current;

  BackboneVertex(Place place, Backbone backbone, Parameters parameters, DataType type) {
    super(
        place,
        backbone,
        backbone.form(),
        new VertexTraining(
            place.name(),
            backbone.tensors(place.name()),
            backbone.form(),
            backbone.updater(),
            backbone.weightDecay()),
        parameters,
        type);
    this.backbone = backbone;
    for (ParameterTensor tensor : tensors()) {
      if (tensor.role() == TensorRole.WEIGHT) {
        counts.put(tensor.key(), new ProductCount(tensor.name()));
      }
    }
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray images = inOrder(inputs[0], 'c', ArrayType.FF_WORKING_MEM, workspaces);
    int batch = Math.toIntExact(images.size(0));
    INDArray means =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, new long[] {batch, backbone.outputs()}, 'f');
    current = plan(batch, images);
    if (training) {
      current.train(values(images), values(means));
    } else {
      current.evaluate(values(images), values(means));
    }
    return means;
  }

  private static INDArray inOrder(
      INDArray array, char order, ArrayType type, LayerWorkspaceMgr workspaces) {
    return Shape.strideDescendingCAscendingF(array) && array.ordering() == order && !array.isView()
        ? array
        : workspaces.dup(type, array, order);
  }

  private BackbonePlan plan(int batch, INDArray images) {
    BackbonePlan known = plans.remove(batch);
    if (known == null && plans.size() == PLANS) {
      plans.remove(plans.keySet().iterator().next()).close();
    }
    BackbonePlan plan =
        known != null ? known : new BackbonePlan(backbone, batch, values(images), host);
    plans.put(batch, plan);
    return plan;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray delta = inOrder(epsilon, 'f', ArrayType.BP_WORKING_MEM, workspaces);
    current.backward(values(delta));
    return new Pair<>(parameterGradients(), new INDArray[] {null});
  }

  private Values values(INDArray array) {
    return kernels().values(array);
  }

  @Override
  public boolean updaterDivideByMinibatch(String key) {
    return !VertexTraining.isSet(tensors(), key);
  }

  @Override
  public List<MomentTensors> moments() {
    return backbone.nodes().stream()
        .filter(Node.Normalisation.class::isInstance)
        .map(
            node ->
                new MomentTensors(
                    tensor(node.name() + Backbone.MEAN), tensor(node.name() + Backbone.VARIANCE)))
        .toList();
  }

  private ParameterTensor tensor(String key) {
    return tensors().stream().filter(each -> each.key().equals(key)).findAny().orElseThrow();
  }

  @Override
  public Optional<KeptWeights> leftIn(String key) {
    boolean left = current != null && counts.containsKey(key) && current.leavesOut(key);
    return left ? mask(key).kept() : Optional.empty();
  }

  @Override
  public MultiplyAdds takeMultiplyAdds() {
    return counts.values().stream()
        .map(ProductCount::take)
        .reduce(MultiplyAdds.NONE, MultiplyAdds::plus);
  }

  /** Plans are made anew, since their convolutions are cut. */
  @Override
  public void cut(Slices slices) {
    super.cut(slices);
    closePlans();
  }

  private void closePlans() {
    plans.values().forEach(BackbonePlan::close);
    plans.clear();
    current = null;
  }

  @Override
  public void close() {
    closePlans();
    super.close();
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return null;
  }

  @Override
  public String toString() {
    return "Backbone(" + getVertexName() + ")";
  }

  /** What passes ask of this vertex. */
  private final class Host implements BackboneHost {
    @Override
    public LayerKernels kernels() {
      return BackboneVertex.this.kernels();
    }

    @Override
    public MapKernels maps() {
      return new MapKernels(kernels());
    }

    @Override
    public WeightTensor weights(String node) {
      return BackboneVertex.this.weights().of(node);
    }

    @Override
    public ProductCount count(String node) {
      return counts.get(node);
    }

    @Override
    public Values parameters(String key) {
      return values(parameter(key));
    }

    @Override
    public Values gradients(String key) {
      return values(gradient(key));
    }
  }
}
