package org.espalier.jobs.bench.sparse;

import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.sparse.Order;
import org.espalier.engine.weights.ConvolutionMap;
import org.espalier.engine.weights.LinearMap;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.WeightLayout;

/** A convolution by square kernels. */
record ConvolutionLayer(ConvolutionShape shape) implements LayerShape {
  @Override
  public int inputs() {
    return shape.inputs();
  }

  @Override
  public int outputs() {
    return shape.outputs();
  }

  @Override
  public int inputPositions() {
    return shape.imageLength() / shape.inputs();
  }

  @Override
  public int outputPositions() {
    return shape.resultLength() / shape.outputs();
  }

  @Override
  public SparseTensor weights() {
    return new SparseTensor(
        toString(),
        WeightLayout.OUT_IN_HEIGHT_WIDTH,
        0,
        shape.outputs(),
        shape.inputs(),
        shape.kernelHeight(),
        shape.kernelWidth());
  }

  /** Kernels of one pixel take images as positions; others turn images in any case. */
  @Override
  public Order order() {
    boolean pointwise = shape.kernelHeight() == 1 && shape.stride() == 1;
    return pointwise ? Order.FEATURES : Order.POSITIONS;
  }

  @Override
  public LinearMap map(LayerKernels kernels) {
    return new ConvolutionMap(kernels, shape);
  }

  @Override
  public String toString() {
    return text(shape);
  }

  private static String text(ConvolutionShape shape) {
    String kernel = shape.kernelHeight() == 1 ? "" : "k" + shape.kernelHeight();
    String stride = shape.stride() == 1 ? "" : "s" + shape.stride();
    return "%dx%d%s%s@%dx%db%d"
        .formatted(
            shape.inputs(),
            shape.outputs(),
            kernel,
            stride,
            shape.height(),
            shape.width(),
            shape.batch());
  }
}
