package org.espalier.engine.kernel;

/**
 * The shape of a product of row-major matrices, {@code c[m, n] = a b}, or {@code c += a b}.
 *
 * @param form which operand is transposed
 * @param m rows of the result
 * @param n columns of the result
 * @param k length of the sums
 * @param leftStride from one row of a, as it lies in memory, to the next
 * @param rightStride from one row of b to the next
 * @param resultStride from one row of c to the next
 * @param into whether the product replaces c or is added to it
 */
public record ProductShape(
    Form form, int m, int n, int k, int leftStride, int rightStride, int resultStride, Into into) {
  /** Which operand lies transposed in memory. */
  public enum Form {
    /** {@code a[m, k] b[k, n]}. */
    PLAIN,
    /** {@code a[m, k] b[n, k]^T}. */
    RIGHT_TRANSPOSED,
    /** {@code a[k, m]^T b[k, n]}. */
    LEFT_TRANSPOSED
  }

  /** What becomes of the result's old values. */
  public enum Into {
    /** They are overwritten. */
    REPLACE,
    /** The product is added to them. */
    ADD
  }

  /** Checks that rows do not overlap. */
  public ProductShape {
    if (m < 1 || n < 1 || k < 1) {
      throw new IllegalArgumentException(
          "Cannot multiply matrices for a result of %d x %d with sums over %d: all must be at least 1."
              .formatted(m, n, k));
    }
    int leftWidth = form == Form.LEFT_TRANSPOSED ? m : k;
    int rightWidth = form == Form.RIGHT_TRANSPOSED ? k : n;
    if (leftStride < leftWidth || rightStride < rightWidth || resultStride < n) {
      throw new IllegalArgumentException(
          "Cannot multiply matrices with row strides %d, %d and %d: they must be at least %d, %d and %d."
              .formatted(leftStride, rightStride, resultStride, leftWidth, rightWidth, n));
    }
  }

  /** {@code c[m, n] = a[m, k] b[k, n]}. */
  public static ProductShape plain(int m, int n, int k) {
    return new ProductShape(Form.PLAIN, m, n, k, k, n, n, Into.REPLACE);
  }

  /** {@code c[m, n] = a[m, k] b[n, k]^T}. */
  public static ProductShape rightTransposed(int m, int n, int k) {
    return new ProductShape(Form.RIGHT_TRANSPOSED, m, n, k, k, k, n, Into.REPLACE);
  }

  /** {@code c[m, n] = a[k, m]^T b[k, n]}. */
  public static ProductShape leftTransposed(int m, int n, int k) {
    return new ProductShape(Form.LEFT_TRANSPOSED, m, n, k, m, n, n, Into.REPLACE);
  }

  /** The same with rows that lie apart, as those of one head inside a wider matrix do. */
  public ProductShape strides(int left, int right, int result) {
    return new ProductShape(form, m, n, k, left, right, result, into);
  }

  /** The same, added to what the result holds. */
  public ProductShape adding() {
    return new ProductShape(form, m, n, k, leftStride, rightStride, resultStride, Into.ADD);
  }

  /** Number of values from the first of a to its last. */
  int leftSpan() {
    return form == Form.LEFT_TRANSPOSED ? span(k, leftStride, m) : span(m, leftStride, k);
  }

  /** Number of values from the first of b to its last. */
  int rightSpan() {
    return form == Form.RIGHT_TRANSPOSED ? span(n, rightStride, k) : span(k, rightStride, n);
  }

  /** Number of values from the first of c to its last. */
  int resultSpan() {
    return span(m, resultStride, n);
  }

  private static int span(int rows, int stride, int width) {
    return Math.addExact(Math.multiplyExact(rows - 1, stride), width);
  }
}
