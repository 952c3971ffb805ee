package org.espalier.engine.operations;

import static org.espalier.engine.operations.Operations.flat;

import org.espalier.engine.kernel.Convolution;
import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Convolution} by {@code conv2d} and {@code conv2d_bp}. */
final class OperationConvolution implements Convolution {
  private final ConvolutionShape shape;
  private final int[] arguments;

  OperationConvolution(ConvolutionShape shape) {
    this.shape = shape;
    this.arguments = Operations.convolution(shape);
  }

  @Override
  public void forward(Values images, Values kernels, Values result) {
    shape.require(images, kernels, result);
    Operations.run(
        "conv2d", arguments, new INDArray[] {images(images), kernels(kernels)}, result(result));
  }

  @Override
  public void backwardImages(Values resultGradient, Values kernels, Values imageGradient) {
    shape.require(imageGradient, kernels, resultGradient);
    INDArray weights = kernels(kernels);
    INDArray gradient = images(imageGradient);
    derivative(gradient.like(), weights, resultGradient, gradient, weights.like());
  }

  @Override
  public void backwardKernels(Values images, Values resultGradient, Values kernelGradient) {
    shape.require(images, kernelGradient, resultGradient);
    INDArray x = images(images);
    INDArray gradient = kernels(kernelGradient);
    derivative(x, gradient.like(), resultGradient, x.like(), gradient);
  }

  private void derivative(
      INDArray x, INDArray weights, Values delta, INDArray ofX, INDArray ofWeights) {
    Operations.run(
        "conv2d_bp", arguments, new INDArray[] {x, weights, result(delta)}, ofX, ofWeights);
  }

  private INDArray images(Values values) {
    return flat(values).reshape('c', shape.batch(), shape.height(), shape.width(), shape.inputs());
  }

  private INDArray kernels(Values values) {
    return flat(values)
        .reshape('c', shape.outputs(), shape.inputs(), shape.kernelHeight(), shape.kernelWidth());
  }

  private INDArray result(Values values) {
    return flat(values)
        .reshape('c', shape.batch(), shape.resultHeight(), shape.resultWidth(), shape.outputs());
  }

  @Override
  public void close() {}
}
