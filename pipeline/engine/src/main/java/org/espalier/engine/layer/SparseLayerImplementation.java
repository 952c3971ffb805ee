package org.espalier.engine.layer;

import java.util.List;
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
import org.espalier.engine.operations.LayerArithmetic;
import org.espalier.engine.tensor.HeldMask;
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

/**
 * A {@link SparseLayer} in one replica: the shapes of its batches around one weight tensor. Owns
 * its native objects and scratch arrays until closed.
 */
class SparseLayerImplementation extends BaseLayer<SparseLayer> implements TensorOwner, TensorHost {
  private static final long serialVersionUID = 1L;

  private final transient LayerKernels kernels;
  private transient LinearMaps maps;
  private final transient List<ParameterTensor> tensors;
  private final transient WeightTensors weights;
  private transient Geometry geometry;
  private transient INDArray output;

  SparseLayerImplementation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    this.kernels = LayerArithmetic.of(type);
    this.maps = new LinearMaps(kernels);
    this.tensors = layerConf().tensors(layerConf().getLayerName());
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
  public void cut(Slices slices) {
    maps.close();
    maps = new LinearMaps(LayerArithmetic.of(dataType, slices));
  }

  @Override
  public void draw(NoiseContext context) {
    weights.draw(context);
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
    input = RowMajor.of(input, manager, ArrayType.ACTIVATIONS);
    output = linear(input, training, manager);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr manager) {
    assertInputSet(true);
    INDArray below = null;
    if (layerConf().inputGradient() == InputGradient.COMPUTED) {
      below = manager.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape());
    }
    linearGradient(input, output, epsilon, below, manager);
    return new Pair<>(parameterGradients(), below);
  }

  /** The layer's map of x, whose rows lie one after the other. */
  final INDArray linear(INDArray x, boolean training, LayerWorkspaceMgr manager) {
    geometry = layerConf().geometry(x.shape());
    INDArray y =
        manager.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, geometry.resultShape().array());
    if (training) {
      weights().train(affine(null), values(x), values(y));
    } else {
      weights().evaluate(affine(null), values(x), values(y));
    }
    return y;
  }

  /** Overwrites the parameters' gradients, and that of x where one is wanted. */
  final void linearGradient(
      INDArray x, INDArray y, INDArray epsilon, INDArray below, LayerWorkspaceMgr manager) {
    INDArray delta = RowMajor.of(epsilon, manager, ArrayType.BP_WORKING_MEM);
    Values biasGradient = hasBias() ? values(gradient(SparseLayer.BIAS)) : null;
    Values inputGradient = below == null ? null : values(below);
    weights().backward(affine(biasGradient), values(x), values(y), values(delta), inputGradient);
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
    return super.calcRegularizationScore(backpropParametersOnly) + penalty();
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
