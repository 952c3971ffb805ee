package org.espalier.engine.replica;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.Activation;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.operations.LayerArithmetic;
import org.espalier.engine.tensor.HeldMask;
import org.espalier.engine.tensor.NoiseContext;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.tensor.TensorOwner;
import org.espalier.engine.weights.Affine;
import org.espalier.engine.weights.MatrixMap;
import org.espalier.engine.weights.TensorHost;
import org.espalier.engine.weights.WeightTensor;
import org.espalier.engine.weights.WeightTensors;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link HiddenUnits} in one replica. */
final class HiddenUnitsState extends BaseLayer<HiddenUnits> implements TensorOwner, TensorHost {
  private static final long serialVersionUID = 1L;

  private transient LayerKernels kernels;
  private final transient List<ParameterTensor> tensors;
  private final transient WeightTensors weights;
  private transient INDArray hidden;
  private transient INDArray output;

  HiddenUnitsState(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    this.kernels = LayerArithmetic.of(type);
    this.tensors = layerConf().tensors(layerConf().getLayerName());
    this.weights = new WeightTensors(layerConf().form(), tensors, this, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    input = workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
    hidden = Nd4j.createUninitializedDetached(dataType, input.size(0), layerConf().hidden());
    output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, input.size(0), layerConf().getNOut());
    if (training) {
      first().train(firstMap(), values(input), values(hidden));
      second().train(secondMap(), values(hidden), values(output));
    } else {
      first().evaluate(firstMap(), values(input), values(hidden));
      second().evaluate(secondMap(), values(hidden), values(output));
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray delta = workspaces.dup(ArrayType.BP_WORKING_MEM, epsilon, 'c');
    INDArray ofHidden = hidden.like();
    INDArray below =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape());
    second().backward(secondMap(), values(hidden), values(output), values(delta), values(ofHidden));
    first().backward(firstMap(), values(input), values(hidden), values(ofHidden), values(below));
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach((key, view) -> gradient.gradientForVariable().put(key, view));
    return new Pair<>(gradient, below);
  }

  private WeightTensor first() {
    return weights.of(ParameterTensor.WEIGHTS);
  }

  private WeightTensor second() {
    return weights.of(HiddenUnits.SECOND);
  }

  private Affine firstMap() {
    MatrixMap map = map(layerConf().getNIn(), layerConf().hidden());
    return new Affine(map, null, null, Activation.RELU, Sharing.NONE);
  }

  private Affine secondMap() {
    return Affine.linear(map(layerConf().hidden(), layerConf().getNOut()), Sharing.NONE);
  }

  private MatrixMap map(long in, long out) {
    return new MatrixMap(kernels, (int) input.size(0), Math.toIntExact(in), Math.toIntExact(out));
  }

  private Values values(INDArray array) {
    return kernels.values(array);
  }

  @Override
  public double calcRegularizationScore(boolean backpropParametersOnly) {
    return super.calcRegularizationScore(backpropParametersOnly) + penalty();
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
    kernels = LayerArithmetic.of(dataType, slices);
  }

  @Override
  public void draw(NoiseContext context) {
    weights.draw(context);
  }

  @Override
  public double penalty() {
    return weights.penalty();
  }

  @Override
  public void close() {
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

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
