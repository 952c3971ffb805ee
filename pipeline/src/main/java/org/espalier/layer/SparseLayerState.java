package org.espalier.layer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.kernel.Activation;
import org.espalier.kernel.Noise;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A {@link SparseLayer} in one replica. Owns its native objects and scratch arrays until closed.
 */
class SparseLayerState extends BaseLayer<SparseLayer> implements NoisyLayer {
  private static final long serialVersionUID = 1L;

  final transient LayerMath math;
  private final transient FormState state;
  private final transient Map<String, INDArray> scratch = new HashMap<>();
  private transient NoiseContext context;
  private transient Noise given;
  transient LayerWorkspaceMgr workspaces;
  private transient Geometry geometry;
  private transient INDArray output;

  SparseLayerState(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    this.math = LayerMath.of(type);
    this.context = new NoiseContext(configuration.getSeed(), 0);
    WeightForm form = layerConf().form();
    if (form instanceof WeightForm.Variational variational) {
      state = new VariationalState(this, math, variational);
    } else if (form instanceof WeightForm.HardConcrete gated) {
      state = new HardConcreteState(this, math, gated);
    } else {
      state = new PlainState(this, math);
    }
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
    math.prepare(geometry);
    INDArray y =
        manager.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, geometry.resultShape().array());
    if (training) {
      state.train(x, y);
    } else {
      state.evaluate(x, y);
    }
    return y;
  }

  /** Overwrites the parameters' gradients, and that of x where one is wanted. */
  final void linearGradient(
      INDArray x, INDArray y, INDArray epsilon, INDArray below, LayerWorkspaceMgr manager) {
    workspaces = manager;
    INDArray delta = RowMajor.of(epsilon, manager, ArrayType.BP_WORKING_MEM);
    state.backward(x, y, delta, below);
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
    math.close();
    scratch.values().forEach(INDArray::close);
    scratch.clear();
  }

  INDArray trainedWeights() {
    return getParamWithNoise(SparseParameters.WEIGHTS, true, workspaces);
  }

  INDArray evaluatedWeights() {
    return getParamWithNoise(SparseParameters.WEIGHTS, false, workspaces);
  }

  INDArray parameter(String key) {
    return getParam(key);
  }

  INDArray gradientOf(String key) {
    return gradientViews.get(key);
  }

  Activation function() {
    return layerConf().function();
  }

  Geometry geometry() {
    return geometry;
  }

  long step() {
    return getIterationCount();
  }

  /** By what DL4J will divide the gradient. */
  double gradientScale() {
    return conf.isMiniBatch() ? input.size(0) : 1;
  }

  Noise noise() {
    return noise("");
  }

  /** Noise for one of several purposes of a layer. */
  final Noise noise(String purpose) {
    return given != null ? given : context.noise(step(), layerConf().getLayerName() + purpose);
  }

  INDArray bias() {
    return hasBias() ? getParam(SparseParameters.BIAS) : zeros("no bias", layerConf().getNOut());
  }

  INDArray biasGradient() {
    return hasBias()
        ? gradientOf(SparseParameters.BIAS)
        : zeros("gradient of no bias", layerConf().getNOut());
  }

  /** An array of the layer's own, of another's shape and order, undefined at first. */
  INDArray scratch(String purpose, INDArray like) {
    INDArray array = scratch.get(purpose);
    if (array == null || !Arrays.equals(array.shape(), like.shape())) {
      if (array != null) {
        array.close();
      }
      array = Nd4j.createUninitializedDetached(dataType, like.ordering(), like.shape());
      scratch.put(purpose, array);
    }
    return array;
  }

  final INDArray zeros(String purpose, long length) {
    return scratch
        .computeIfAbsent(purpose, name -> Nd4j.createUninitializedDetached(dataType, length))
        .assign(0);
  }

  final void penaltyGradient() {
    state.penaltyGradient();
  }
}
