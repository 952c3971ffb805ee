package org.espalier.engine.operations;

import static org.espalier.engine.operations.Operations.flat;

import org.espalier.engine.kernel.ProductShape;
import org.espalier.engine.kernel.Products;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link Products} one after the other. */
final class OperationProducts implements Products {
  @Override
  public void multiply(ProductShape shape, Repetition repetition, Values a, Values b, Values c) {
    repetition.require(shape, a, b, c);
    for (int i = 0; i < repetition.count(); i++) {
      INDArray left = left(shape, flat(a), i * repetition.left());
      INDArray right = right(shape, flat(b), i * repetition.right());
      INDArray result =
          rows(flat(c), i * repetition.result(), shape.m(), shape.n(), shape.resultStride());
      INDArray product = left.mmul(right);
      if (shape.into() == ProductShape.Into.ADD) {
        result.addi(product);
      } else {
        result.assign(product);
      }
    }
  }

  private static INDArray left(ProductShape shape, INDArray values, int from) {
    return shape.form() == ProductShape.Form.LEFT_TRANSPOSED
        ? rows(values, from, shape.k(), shape.m(), shape.leftStride()).transpose()
        : rows(values, from, shape.m(), shape.k(), shape.leftStride());
  }

  private static INDArray right(ProductShape shape, INDArray values, int from) {
    return shape.form() == ProductShape.Form.RIGHT_TRANSPOSED
        ? rows(values, from, shape.n(), shape.k(), shape.rightStride()).transpose()
        : rows(values, from, shape.k(), shape.n(), shape.rightStride());
  }

  private static INDArray rows(INDArray values, int from, int count, int width, int stride) {
    long[] shape = {count, width};
    return Nd4j.create(values.data(), shape, new long[] {stride, 1}, values.offset() + from, 'c');
  }
}
