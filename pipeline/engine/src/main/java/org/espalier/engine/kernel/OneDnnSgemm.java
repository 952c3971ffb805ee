package org.espalier.engine.kernel;

import org.bytedeco.dnnl.global.dnnl;

/** Products by oneDNN. Loaded only where its library is present. */
final class OneDnnSgemm implements Sgemm {
  private final MemoryAddress left = new MemoryAddress();
  private final MemoryAddress right = new MemoryAddress();
  private final MemoryAddress result = new MemoryAddress();

  @Override
  public void multiply(ProductShape shape, int m, int n, long a, long b, float beta, long c) {
    int status =
        dnnl.dnnl_sgemm(
            (byte) (shape.form() == ProductShape.Form.LEFT_TRANSPOSED ? 'T' : 'N'),
            (byte) (shape.form() == ProductShape.Form.RIGHT_TRANSPOSED ? 'T' : 'N'),
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
    if (status != 0) {
      throw new IllegalStateException(
          "Cannot multiply matrices of %d x %d x %d: oneDNN answers with status %d; choose the reference kernels."
              .formatted(m, n, shape.k(), status));
    }
  }
}
