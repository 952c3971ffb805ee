package org.espalier.engine.kernel;

/** Products in plain Java, summed in double precision. */
final class ReferenceProducts implements Products {
  @Override
  public void multiply(ProductShape shape, Repetition repetition, Values a, Values b, Values c) {
    repetition.require(shape, a, b, c);
    for (int i = 0; i < repetition.count(); i++) {
      one(shape, a, i * repetition.left(), b, i * repetition.right(), c, i * repetition.result());
    }
  }

  private static void one(
      ProductShape shape, Values a, int aFrom, Values b, int bFrom, Values c, int cFrom) {
    boolean leftTransposed = shape.form() == ProductShape.Form.LEFT_TRANSPOSED;
    boolean rightTransposed = shape.form() == ProductShape.Form.RIGHT_TRANSPOSED;
    int aRow = leftTransposed ? 1 : shape.leftStride();
    int aStep = leftTransposed ? shape.leftStride() : 1;
    int bColumn = rightTransposed ? shape.rightStride() : 1;
    int bStep = rightTransposed ? 1 : shape.rightStride();
    for (int i = 0; i < shape.m(); i++) {
      for (int j = 0; j < shape.n(); j++) {
        double sum = 0;
        for (int p = 0; p < shape.k(); p++) {
          sum += a.get(aFrom + i * aRow + p * aStep) * b.get(bFrom + j * bColumn + p * bStep);
        }
        int at = cFrom + i * shape.resultStride() + j;
        c.set(at, shape.into() == ProductShape.Into.ADD ? c.get(at) + sum : sum);
      }
    }
  }
}
