package org.espalier.engine.layer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.operations.LayerArithmetic;
import org.espalier.engine.sparse.Activations;
import org.espalier.engine.sparse.Order;
import org.espalier.engine.tensor.HeldMask;
import org.espalier.engine.tensor.MultiplyAdds;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorOwner;
import org.espalier.engine.weights.Affine;
import org.espalier.engine.weights.TensorHost;
import org.espalier.engine.weights.WeightTensor;
import org.espalier.engine.weights.WeightTensors;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * A {@link SparseLayer} in one replica: the shapes of its batches around one weight tensor. Owns
 * its native objects and scratch arrays until closed.
 */
class SparseLayerImplementation extends BaseLayer<SparseLayer> implements TensorOwner, TensorHost {
  private static final long serialVersionUID = 1L;

  private final transient LayerKernels kernels;
  private final transient ProductCount count;
  private final transient Turned turned;
  private transient LinearMaps maps;
  private final transient List<ParameterTensor> tensors;
  private final transient WeightTensors weights;
  private transient Geometry geometry;
  private transient INDArray output;
  private transient boolean keeping;

  SparseLayerImplementation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    this.kernels = LayerArithmetic.of(type);
    this.turned = new Turned(kernels);
    this.tensors = layerConf().tensors(layerConf().getLayerName());
    this.count = new ProductCount(tensors.get(0).name());
    this.maps = new LinearMaps(kernels, count);
    this.weights = new WeightTensors(layerConf().form(), tensors, this, type);
    weights.draw(new NoiseContext(configuration.getSeed(), 0));
  }

  @Override
  public List<ParameterTensor> tensors() {
    return tensors;
  }

  @Override
  public HeldMask mask(String key) {
    return weights.mask(key);
  }

  @Override
  public Optional<KeptWeights> leftIn(String key) {
    return leavesOut() && key.equals(ParameterTensor.WEIGHTS) ? mask(key).kept() : Optional.empty();
  }

  @Override
  public void cut(Slices slices) {
    maps.close();
    maps = new LinearMaps(LayerArithmetic.of(dataType, slices), count);
  }

  @Override
  public void draw(NoiseContext context) {
    weights.draw(context);
  }

  @Override
  public MultiplyAdds takeMultiplyAdds() {
    return count.take();
  }

  /** Uses these numbers at every step, for tests. */
  final void use(Noise numbers) {
    weights().use(numbers);
  }

  @Override
  public double penalty() {
    return weights.penalty();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr manager) {
    assertInputSet(false);
    if (!leavesOut(input) || !Lying.byFeature(input)) {
      input = turned.of(input, manager, ArrayType.ACTIVATIONS);
    }
    output = linear(input, training, manager);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr manager) {
    assertInputSet(true);
    INDArray below = null;
    if (layerConf().inputGradient() == InputGradient.COMPUTED) {
      char order = Lying.order(input);
      below =
          manager.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), order);
    }
    linearGradient(input, output, epsilon, below, manager);
    return new Pair<>(parameterGradients(), below);
  }

  /** The layer's map of x, whose rows lie one after the other. */
  final INDArray linear(INDArray x, boolean training, LayerWorkspaceMgr manager) {
    keeping = leavesOut(x);
    long[] shape = geometry.resultShape().array();
    char order = keeping && Lying.canLieByFeature(shape) ? 'f' : 'c';
    INDArray y = manager.createUninitialized(ArrayType.ACTIVATIONS, dataType, shape, order);
    if (keeping) {
      weights().forwardKept(affine(null), activations(x), activations(y));
    } else if (training) {
      weights().train(affine(null), values(x), values(y));
    } else {
      weights().evaluate(affine(null), values(x), values(y));
    }
    return y;
  }

  /** Overwrites the parameters' gradients, and that of x where one is wanted. */
  final void linearGradient(
      INDArray x, INDArray y, INDArray epsilon, INDArray below, LayerWorkspaceMgr manager) {
    Values biasGradient = hasBias() ? values(gradient(SparseLayer.BIAS)) : null;
    if (keeping) {
      INDArray delta =
          Lying.byFeature(epsilon) && Lying.byFeature(y)
              ? epsilon
              : turned.of(epsilon, manager, ArrayType.BP_WORKING_MEM);
      Activations inputGradient = below == null ? null : activations(below);
      weights().backwardKept(affine(biasGradient), activations(delta), inputGradient);
      return;
    }
    INDArray delta = turned.of(epsilon, manager, ArrayType.BP_WORKING_MEM);
    Values inputGradient = below == null ? null : values(below);
    weights().backward(affine(biasGradient), values(x), values(y), values(delta), inputGradient);
  }

  /** Whether the products of the step left masked weights out. */
  final boolean leavesOut() {
    return keeping;
  }

  private boolean leavesOut(INDArray x) {
    if (geometry == null || !geometry.reads(x.shape())) {
      geometry = layerConf().geometry(x.shape());
    }
    return weights().leavesOut(maps.of(geometry));
  }

  private Activations activations(INDArray array) {
    return new Activations(
        values(array), Lying.byFeature(array) ? Order.FEATURES : Order.POSITIONS);
  }

  private Affine affine(Values biasGradient) {
    return new Affine(
        maps.of(geometry),
        hasBias() ? values(parameter(SparseLayer.BIAS)) : null,
        biasGradient,
        layerConf().function(),
        new Sharing(geometry.sharing()));
  }

  final Gradient parameterGradients() {
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach((key, view) -> gradient.gradientForVariable().put(key, view));
    return gradient;
  }

  @Override
  public double calcRegularizationScore(boolean backpropParametersOnly) {
    double sum = penalty();
    for (Map.Entry<String, INDArray> parameter : paramTable().entrySet()) {
      List<Regularization> decays = layerConf().getRegularizationByParam(parameter.getKey());
      for (Regularization decay : decays == null ? List.<Regularization>of() : decays) {
        sum += score(decay, parameter.getKey(), parameter.getValue());
      }
    }
    return sum;
  }

  /** The decay of weights counts those that the network computes with. */
  private double score(Regularization decay, String key, INDArray values) {
    if (decay instanceof L2Regularization l2 && key.equals(ParameterTensor.WEIGHTS)) {
      double factor = l2.getL2().valueAt(getIterationCount(), getEpochCount());
      return factor / 2 * weights().squares();
    }
    return decay.score(values, getIterationCount(), getEpochCount());
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public boolean hasBias() {
    return layerConf().bias() == Bias.LEARNED;
  }

  @Override
  public void close() {
    maps.close();
    weights.close();
  }

  @Override
  public INDArray parameter(String key) {
    return getParam(key);
  }

  @Override
  public INDArray gradient(String key) {
    return gradientViews.get(key);
  }

  @Override
  public long step() {
    return getIterationCount();
  }

  @Override
  public double gradientDivisor() {
    return conf.isMiniBatch() ? input.size(0) : 1;
  }

  final WeightTensor weights() {
    return weights.of(ParameterTensor.WEIGHTS);
  }

  final Values values(INDArray array) {
    return kernels.values(array);
  }
}
