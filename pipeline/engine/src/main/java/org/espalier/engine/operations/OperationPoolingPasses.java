package org.espalier.engine.operations;

import static org.espalier.engine.operations.Operations.flat;

import org.espalier.engine.kernel.PoolingPasses;
import org.espalier.engine.kernel.PoolingShape;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link PoolingPasses} by {@code maxpool2d} and {@code maxpool2d_bp}. */
final class OperationPoolingPasses implements PoolingPasses {
  @Override
  public void forward(PoolingShape shape, Values images, Values result) {
    shape.require(images, result);
    Operations.run(
        "maxpool2d",
        Operations.pooling(shape),
        new INDArray[] {images(shape, images)},
        result(shape, result));
  }

  @Override
  public void backward(
      PoolingShape shape, Values images, Values result, Values resultGradient, Values gradient) {
    shape.require(images, resultGradient);
    Operations.run(
        "maxpool2d_bp",
        Operations.pooling(shape),
        new INDArray[] {images(shape, images), result(shape, resultGradient)},
        images(shape, gradient));
  }

  private static INDArray images(PoolingShape shape, Values values) {
    return flat(values)
        .reshape('c', shape.batch(), shape.height(), shape.width(), shape.channels());
  }

  private static INDArray result(PoolingShape shape, Values values) {
    return flat(values)
        .reshape('c', shape.batch(), shape.resultHeight(), shape.resultWidth(), shape.channels());
  }
}
