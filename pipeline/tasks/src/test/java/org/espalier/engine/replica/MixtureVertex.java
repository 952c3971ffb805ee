package org.espalier.engine.replica;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.layer.TensorVertex;
import org.espalier.engine.layer.VertexTraining;
import org.espalier.engine.tensor.ParameterTensor;
import org.espalier.engine.weights.Affine;
import org.espalier.engine.weights.MatrixMap;
import org.espalier.engine.weights.WeightTensor;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link Mixture} in one replica. */
@SuppressWarnings("overrides") // DL4J overrides its own varargs without them.
final class MixtureVertex extends TensorVertex {
  private static final long serialVersionUID = 1L;

  private final int width;
  private transient INDArray mixed;
  private transient INDArray product;

  MixtureVertex(Place place, Mixture mixture, Parameters parameters, DataType type) {
    super(
        place,
        mixture,
        mixture.form(),
        new VertexTraining(place.name(), mixture.tensors(place.name()), mixture.updater(), 0),
        parameters,
        type);
    this.width = mixture.width();
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    mixed = workspaces.dup(ArrayType.ACTIVATIONS, inputs[1], 'c');
    product = Nd4j.createUninitializedDetached(dataType, mixed.shape());
    if (training) {
      weight().train(affine(), values(mixed), values(product));
    } else {
      weight().evaluate(affine(), values(mixed), values(product));
    }
    INDArray sum = workspaces.dup(ArrayType.ACTIVATIONS, inputs[0], 'c');
    return sum.addi(product);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray delta = workspaces.dup(ArrayType.BP_WORKING_MEM, epsilon, 'c');
    INDArray below =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, mixed.shape());
    weight().backward(affine(), values(mixed), values(product), values(delta), values(below));
    INDArray passed = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c');
    return new Pair<>(parameterGradients(), new INDArray[] {passed, below});
  }

  private WeightTensor weight() {
    return weights().of(ParameterTensor.WEIGHTS);
  }

  private Affine affine() {
    MatrixMap map = new MatrixMap(kernels(), (int) mixed.size(0), width, width);
    return Affine.linear(map, Sharing.NONE);
  }

  private Values values(INDArray array) {
    return kernels().values(array);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int batch) {
    return null;
  }

  @Override
  public String toString() {
    return "Mixture(" + getVertexName() + ")";
  }
}
