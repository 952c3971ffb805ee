package org.espalier.engine.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.PoolingPasses;
import org.espalier.engine.kernel.PoolingShape;
import org.espalier.engine.operations.LayerArithmetic;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link MaxPooling} in one replica. */
final class MaxPoolingImplementation extends AbstractLayer<MaxPooling> {
  private static final long serialVersionUID = 1L;

  private final transient LayerKernels kernels;
  private final transient PoolingPasses passes;
  private transient PoolingShape shape;
  private transient INDArray output;

  MaxPoolingImplementation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    this.kernels = LayerArithmetic.of(type);
    this.passes = kernels.pooling();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    input = RowMajor.of(input, workspaces, ArrayType.ACTIVATIONS);
    shape =
        new PoolingShape(
            Math.toIntExact(input.size(0)),
            Math.toIntExact(input.size(1)),
            Math.toIntExact(input.size(2)),
            Math.toIntExact(input.size(3)),
            layerConf().size());
    output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            dataType,
            shape.batch(),
            shape.resultHeight(),
            shape.resultWidth(),
            shape.channels());
    passes.forward(shape, kernels.values(input), kernels.values(output));
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray delta = RowMajor.of(epsilon, workspaces, ArrayType.BP_WORKING_MEM);
    INDArray below =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape());
    passes.backward(
        shape,
        kernels.values(input),
        kernels.values(output),
        kernels.values(delta),
        kernels.values(below));
    return new Pair<>(new DefaultGradient(), below);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {}
}
