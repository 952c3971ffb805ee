package org.espalier.layer;

import org.espalier.kernel.Activation;
import org.espalier.kernel.Backend;
import org.espalier.kernel.Noise;
import org.espalier.kernel.PoolingShape;
import org.espalier.kernel.Sharing;
import org.espalier.kernel.Smoothing;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of a linear layer on ND4J arrays, whose values lie one after the other: own
 * kernels on the CPU backend, ND4J's operations on any other. Used by one thread at a time.
 */
abstract class LayerMath implements AutoCloseable {
  /** Forces ND4J's operations on the CPU backend too, for tests. */
  static final String PROPERTY = "espalier.layers";

  private static final String OPERATIONS = "nd4j";

  static LayerMath of(DataType type) {
    boolean operations = OPERATIONS.equals(System.getProperty(PROPERTY));
    return Backend.isCpu() && !operations ? new KernelMath(type) : new OperationMath();
  }

  /** Reads batches of this shape from now on. */
  abstract void prepare(Geometry geometry);

  /** Reads arrays as so many rows from now on, where no linear map is asked for. */
  abstract void prepareRows(int rows);

  abstract void forward(INDArray x, INDArray weights, INDArray y);

  abstract void backwardInput(INDArray delta, INDArray weights, INDArray inputGradient);

  abstract void backwardWeights(INDArray x, INDArray delta, INDArray weightGradient);

  abstract void activate(INDArray y, INDArray bias, Activation function);

  abstract void activationGradient(
      INDArray delta, INDArray y, Activation function, INDArray biasGradient);

  abstract void square(INDArray x, INDArray to);

  abstract void addProduct(INDArray sum, double factor, INDArray a, INDArray b);

  abstract void variance(INDArray theta, INDArray logSigma2, INDArray to);

  abstract void sample(
      INDArray y,
      INDArray deviation,
      INDArray bias,
      Activation function,
      Noise noise,
      Sharing sharing);

  abstract void sampleGradient(
      INDArray delta,
      INDArray y,
      INDArray deviation,
      Activation function,
      Noise noise,
      Sharing sharing,
      INDArray biasGradient);

  abstract double variationalGradient(
      INDArray theta,
      INDArray variance,
      INDArray thetaGradient,
      INDArray varianceGradient,
      double weight);

  abstract double divergence(INDArray theta, INDArray logSigma2);

  abstract void keepBelow(double threshold, INDArray theta, INDArray logSigma2, INDArray to);

  abstract void keepGradient(INDArray kept, INDArray gradient);

  abstract void drawGates(
      INDArray theta,
      INDArray logAlpha,
      Noise noise,
      INDArray concrete,
      INDArray open,
      INDArray weights);

  abstract double gateGradient(
      INDArray theta,
      INDArray concrete,
      INDArray open,
      INDArray thetaGradient,
      INDArray logAlphaGradient,
      double weight);

  abstract double gatePenaltyGradient(INDArray logAlpha, INDArray logAlphaGradient, double weight);

  abstract double expectedOpen(INDArray logAlpha);

  abstract void estimateGates(INDArray theta, INDArray logAlpha, INDArray to);

  abstract void softmax(INDArray scores, INDArray to);

  /** See {@link org.espalier.kernel.LossPasses#crossEntropy}; weights may be null. */
  abstract double crossEntropy(
      INDArray scores,
      INDArray labels,
      Smoothing smoothing,
      INDArray weights,
      double scale,
      INDArray gradient);

  /** Rows `[occurrences, width]` of a table `[width, tokens]` in column-major order. */
  abstract void gather(INDArray table, INDArray tokens, INDArray to);

  abstract void scatter(INDArray rows, INDArray tokens, INDArray table);

  abstract void pool(PoolingShape shape, INDArray images, INDArray result);

  abstract void poolGradient(
      PoolingShape shape,
      INDArray images,
      INDArray result,
      INDArray resultGradient,
      INDArray gradient);

  @Override
  public abstract void close();
}
