package org.espalier.kernel;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Products of row-major float32 matrices by BLAS, on the buffers of ND4J arrays and without
 * allocation. The caller answers for shapes and contiguity; the arrays' own shape and order are not
 * looked at. Used by one thread at a time.
 */
public final class Gemm {
  private final Matrix left = new Matrix();
  private final Matrix right = new Matrix();
  private final Matrix result = new Matrix();

  /** {@code c[m, n] = a[m, k] b[n, k]^T}. */
  public void timesTransposed(INDArray a, INDArray b, INDArray c, int m, int n, int k) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        m,
        n,
        k,
        1f,
        left.at(a),
        k,
        right.at(b),
        k,
        0f,
        result.at(c),
        n);
  }

  /** {@code c[m, n] = a[k, m]^T b[k, n]}. */
  public void transposedTimes(INDArray a, INDArray b, INDArray c, int m, int n, int k) {
    cblas_sgemm(
        CblasRowMajor,
        CblasTrans,
        CblasNoTrans,
        m,
        n,
        k,
        1f,
        left.at(a),
        m,
        right.at(b),
        n,
        0f,
        result.at(c),
        n);
  }

  /** {@code c[m, n] = a[m, k] b[k, n]}. */
  public void times(INDArray a, INDArray b, INDArray c, int m, int n, int k) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        m,
        n,
        k,
        1f,
        left.at(a),
        k,
        right.at(b),
        n,
        0f,
        result.at(c),
        n);
  }
}
