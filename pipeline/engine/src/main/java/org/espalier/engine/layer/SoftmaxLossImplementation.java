package org.espalier.engine.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.LossLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.LossPasses;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.operations.LayerArithmetic;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A {@link SoftmaxLoss} in one replica. */
final class SoftmaxLossImplementation extends LossLayer implements WeightedLoss {
  private static final long serialVersionUID = 1L;

  private final transient LayerKernels kernels;
  private final transient LossPasses passes;
  private final transient Turned turned;
  private transient double meanLoss = Double.NaN;
  private transient double weight;

  SoftmaxLossImplementation(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
    this.kernels = LayerArithmetic.of(type);
    this.passes = kernels.loss();
    this.turned = new Turned(kernels);
  }

  private SoftmaxLoss configuration() {
    return (SoftmaxLoss) layerConf();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    meanLoss = Double.NaN;
    INDArray scores = turned.of(input, workspaces, ArrayType.ACTIVATIONS);
    INDArray probabilities =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, scores.shape());
    passes.softmax(kernels.values(scores), classes(scores), kernels.values(probabilities));
    return probabilities;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    requireLabels();
    INDArray gradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape());
    meanLoss = loss(gradient, workspaces);
    return new Pair<>(new DefaultGradient(), gradient);
  }

  @Override
  public double computeScore(
      double regularisation, boolean training, LayerWorkspaceMgr workspaces) {
    requireLabels();
    if (Double.isNaN(meanLoss)) {
      INDArray unused =
          workspaces.createUninitialized(ArrayType.FF_WORKING_MEM, dataType, input.shape());
      meanLoss = loss(unused, workspaces);
    }
    score = meanLoss + regularisation;
    meanLoss = Double.NaN;
    return score;
  }

  @Override
  public double weight() {
    return weight;
  }

  /** `[batch, 1]`: the loss of each example, summed over its positions. */
  @Override
  public INDArray computeScoreForExamples(double regularisation, LayerWorkspaceMgr workspaces) {
    requireLabels();
    INDArray perExample =
        workspaces.create(ArrayType.ACTIVATIONS, dataType, new long[] {input.size(0), 1}, 'c');
    for (long i = 0; i < input.size(0); i++) {
      INDArray scores = example(input, i);
      INDArray weights = maskArray == null ? null : example(maskArray, i);
      double sum = loss(scores, example(labels, i), weights, 1, scores.like());
      perExample.putScalar(i, sum + regularisation);
    }
    return perExample;
  }

  private static INDArray example(INDArray batch, long number) {
    return batch.get(NDArrayIndex.interval(number, number + 1)).dup('c');
  }

  @Override
  public void setLabels(INDArray next) {
    super.setLabels(next);
    meanLoss = Double.NaN;
  }

  @Override
  public void clear() {
    labels = null; // DL4J would free the caller's array.
    super.clear();
  }

  /** The mean loss, 0 where all weights are 0. */
  private double loss(INDArray gradient, LayerWorkspaceMgr workspaces) {
    INDArray scores = turned.of(input, workspaces, ArrayType.FF_WORKING_MEM);
    double divisor = conf.isMiniBatch() ? input.size(0) : 1;
    weight = totalWeight();
    double sum = loss(scores, labels, maskArray, weight == 0 ? 0 : divisor / weight, gradient);
    return weight == 0 ? 0 : sum / weight;
  }

  private double loss(
      INDArray scores, INDArray truth, INDArray weights, double scale, INDArray gradient) {
    return passes.crossEntropy(
        kernels.values(scores),
        contiguous(truth),
        classes(scores),
        configuration().labelSmoothing(),
        weights == null ? null : contiguous(weights),
        scale,
        kernels.values(gradient));
  }

  private Values contiguous(INDArray any) {
    INDArray array = any.castTo(dataType);
    return kernels.values(array.isView() || array.ordering() != 'c' ? array.dup('c') : array);
  }

  private static int classes(INDArray scores) {
    return Math.toIntExact(scores.size(scores.rank() - 1));
  }

  private double totalWeight() {
    int rows = Math.toIntExact(input.length() / input.size(input.rank() - 1));
    Values classNumbers = labels.length() == rows ? contiguous(labels) : null;
    Values weights = maskArray == null ? null : contiguous(maskArray);
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      if (classNumbers == null || LossPasses.isCounted(classNumbers.get(row))) {
        sum += weights == null ? 1 : weights.get(row);
      }
    }
    return sum;
  }

  private void requireLabels() {
    if (input == null || labels == null) {
      throw new IllegalStateException(
          "Cannot compute the loss of layer %s: it has no input or no labels; set both first."
              .formatted(layerConf().getLayerName()));
    }
  }
}
