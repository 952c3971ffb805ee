package org.espalier.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.kernel.Activation;
import org.espalier.kernel.Gemm;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.RowPasses;
import org.espalier.kernel.Values;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arithmetic of {@link RectifiedDense} in one replica. */
final class RectifiedDenseLayer extends BaseLayer<RectifiedDense> {
  private static final long serialVersionUID = 1L;
  private static final String WEIGHT = DefaultParamInitializer.WEIGHT_KEY;
  private static final String BIAS = DefaultParamInitializer.BIAS_KEY;

  private final transient Gemm gemm = new Gemm();
  private final transient RowPasses passes;
  private final int in;
  private final int out;
  private transient INDArray output;

  RectifiedDenseLayer(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    this.in = Math.toIntExact(layerConf().getNIn());
    this.out = Math.toIntExact(layerConf().getNOut());
    this.passes = Kernels.of(type).rows();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    input = rowMajor(input, in, workspaces, ArrayType.ACTIVATIONS);
    int batch = Math.toIntExact(input.size(0));
    output = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, batch, out);
    INDArray weights = getParamWithNoise(WEIGHT, training, workspaces);
    gemm.timesTransposed(input, weights, output, batch, out, in);
    passes.activate(Values.of(output), Values.of(getParam(BIAS)), Activation.RELU);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    int batch = Math.toIntExact(input.size(0));
    INDArray delta = rowMajor(epsilon, out, workspaces, ArrayType.BP_WORKING_MEM);
    INDArray biasGradient = gradientViews.get(BIAS);
    passes.gradient(Values.of(delta), Values.of(output), Activation.RELU, Values.of(biasGradient));
    INDArray weightGradient = gradientViews.get(WEIGHT);
    gemm.transposedTimes(delta, input, weightGradient, out, in, batch);
    Gradient gradient = new DefaultGradient();
    gradient.gradientForVariable().put(BIAS, biasGradient);
    gradient.gradientForVariable().put(WEIGHT, weightGradient);
    INDArray below = inputGradient(delta, batch, workspaces);
    weightNoiseParams.clear();
    return new Pair<>(gradient, below);
  }

  private INDArray inputGradient(INDArray delta, int batch, LayerWorkspaceMgr workspaces) {
    if (layerConf().inputGradient() == InputGradient.OMITTED) {
      return null;
    }
    INDArray below =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, batch, in);
    gemm.times(delta, getParamWithNoise(WEIGHT, true, workspaces), below, batch, in, out);
    return below;
  }

  /** The array itself where its rows lie one after the other, else a copy. */
  private INDArray rowMajor(
      INDArray array, int columns, LayerWorkspaceMgr workspaces, ArrayType type) {
    if (array.rank() != 2 || array.size(1) != columns || array.size(0) < 1) {
      throw new IllegalArgumentException(
          "Cannot run layer %s on an array of shape %s: it takes [batch, %d] with at least one row"
              .formatted(layerConf().getLayerName(), array.shapeInfoToString(), columns));
    }
    boolean contiguous = array.stride(1) == 1 && array.stride(0) == columns;
    return contiguous ? array : workspaces.dup(type, array, 'c');
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
