package org.espalier.engine.kernel;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

/** Products by the BLAS that ND4J brings. */
final class Cblas implements Sgemm {
  private final MemoryAddress left = new MemoryAddress();
  private final MemoryAddress right = new MemoryAddress();
  private final MemoryAddress result = new MemoryAddress();

  @Override
  public void multiply(ProductShape shape, int m, int n, long a, long b, float beta, long c) {
    cblas_sgemm(
        CblasRowMajor,
        shape.form() == ProductShape.Form.LEFT_TRANSPOSED ? CblasTrans : CblasNoTrans,
        shape.form() == ProductShape.Form.RIGHT_TRANSPOSED ? CblasTrans : CblasNoTrans,
        m,
        n,
        shape.k(),
        1f,
        left.at(a),
        shape.leftStride(),
        right.at(b),
        shape.rightStride(),
        beta,
        result.at(c),
        shape.resultStride());
  }
}
