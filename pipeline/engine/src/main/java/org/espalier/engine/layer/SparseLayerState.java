package org.espalier.engine.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Noise;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Values;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link SparseLayer} in one replica. Owns its native objects and scratch arrays until closed.
 */
class SparseLayerState extends BaseLayer<SparseLayer> implements NoisyLayer, SlicedLayer {
  private static final long serialVersionUID = 1L;

  private final transient LayerKernels kernels;
  private transient LinearMaps maps;
  private final transient ScratchValues scratch;
  private final transient FormState state;
  private transient NoiseContext context;
  private transient Noise given;
  transient LayerWorkspaceMgr workspaces;
  private transient Geometry geometry;
  private transient LinearMap map;
  private transient INDArray output;

  SparseLayerState(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    this.kernels = LayerArithmetic.of(type);
    this.maps = new LinearMaps(kernels);
    this.scratch = new ScratchValues(kernels, type);
    this.context = new NoiseContext(configuration.getSeed(), 0);
    WeightForm form = layerConf().form();
    if (form instanceof WeightForm.Variational variational) {
      state = new VariationalState(this, variational);
    } else if (form instanceof WeightForm.HardConcrete gated) {
      state = new HardConcreteState(this, gated);
    } else {
      state = new PlainState(this);
    }
  }

  @Override
  public void cut(Slices slices) {
    maps.close();
    maps = new LinearMaps(LayerArithmetic.of(dataType, slices));
  }

  @Override
  public void draw(NoiseContext next) {
    context = next;
  }

  @Override
  public void use(Noise numbers) {
    given = numbers;
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
    workspaces = manager;
    geometry = layerConf().geometry(x.shape());
    map = maps.of(geometry);
    INDArray y =
        manager.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, geometry.resultShape().array());
    if (training) {
      state.train(values(x), values(y));
    } else {
      state.evaluate(values(x), values(y));
    }
    return y;
  }

  /** Overwrites the parameters' gradients, and that of x where one is wanted. */
  final void linearGradient(
      INDArray x, INDArray y, INDArray epsilon, INDArray below, LayerWorkspaceMgr manager) {
    workspaces = manager;
    INDArray delta = RowMajor.of(epsilon, manager, ArrayType.BP_WORKING_MEM);
    Values inputGradient = below == null ? null : values(below);
    state.backward(values(x), values(y), values(delta), inputGradient);
    weightNoiseParams.clear();
  }

  final Gradient parameterGradients() {
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach((key, view) -> gradient.gradientForVariable().put(key, view));
    return gradient;
  }

  @Override
  public double calcRegularizationScore(boolean backpropParametersOnly) {
    return super.calcRegularizationScore(backpropParametersOnly) + state.penalty();
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
    scratch.close();
  }

  final LayerKernels kernels() {
    return kernels;
  }

  final Values values(INDArray array) {
    return kernels.values(array);
  }

  final Values trainedWeights() {
    return values(getParamWithNoise(SparseParameters.WEIGHTS, true, workspaces));
  }

  final Values evaluatedWeights() {
    return values(getParamWithNoise(SparseParameters.WEIGHTS, false, workspaces));
  }

  final Values parameter(String key) {
    return values(getParam(key));
  }

  final Values gradientOf(String key) {
    return values(gradientViews.get(key));
  }

  final void clearGradientOf(String key) {
    gradientViews.get(key).assign(0);
  }

  final Activation function() {
    return layerConf().function();
  }

  final Geometry geometry() {
    return geometry;
  }

  /** What the weights are applied by to a batch of the last shape. */
  final LinearMap map() {
    return map;
  }

  final long step() {
    return getIterationCount();
  }

  /** By what DL4J will divide the gradient. */
  final double gradientScale() {
    return conf.isMiniBatch() ? input.size(0) : 1;
  }

  final Noise noise() {
    return noise("");
  }

  /** Noise for one of several purposes of a layer. */
  final Noise noise(String purpose) {
    return given != null ? given : context.noise(step(), layerConf().getLayerName() + purpose);
  }

  final Values bias() {
    return hasBias() ? parameter(SparseParameters.BIAS) : zeros("no bias", layerConf().getNOut());
  }

  final Values biasGradient() {
    return hasBias()
        ? gradientOf(SparseParameters.BIAS)
        : zeros("gradient of no bias", layerConf().getNOut());
  }

  /** A vector of the layer's own. */
  final Values scratch(String purpose, int length) {
    return scratch.of(purpose, length);
  }

  final Values zeros(String purpose, long length) {
    return scratch.zeros(purpose, Math.toIntExact(length));
  }

  final void penaltyGradient() {
    state.penaltyGradient();
  }
}
