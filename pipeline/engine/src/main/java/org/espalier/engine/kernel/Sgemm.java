package org.espalier.engine.kernel;

/** One native product on one thread, by addresses. Each thread has its own. */
interface Sgemm {
  /** {@code c = a b + beta c} in the given shape, of which only form and strides are read. */
  void multiply(ProductShape shape, int m, int n, long a, long b, float beta, long c);
}
