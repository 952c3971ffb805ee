package org.espalier.engine.kernel;

/**
 * Products of matrices that are parts of longer float32 vectors, on the calling thread alone. Used
 * by one thread at a time; a call allocates nothing.
 */
public final class PartProducts {
  private final Sgemm library;

  PartProducts(Sgemm library) {
    this.library = library;
  }

  /**
   * One product; with each vector goes the index of its matrix's first value.
   *
   * @throws IllegalArgumentException if a matrix reaches beyond its vector
   */
  public void multiply(
      ProductShape shape,
      FloatValues a,
      int fromA,
      FloatValues b,
      int fromB,
      FloatValues c,
      int fromC) {
    require("left", a, fromA, shape.leftSpan());
    require("right", b, fromB, shape.rightSpan());
    require("result", c, fromC, shape.resultSpan());
    float beta = shape.into() == ProductShape.Into.ADD ? 1f : 0f;
    library.multiply(shape, shape.m(), shape.n(), at(a, fromA), at(b, fromB), beta, at(c, fromC));
  }

  private static long at(FloatValues values, int from) {
    return values.address() + (long) from * Float.BYTES;
  }

  private static void require(String name, FloatValues values, int from, int span) {
    if (from < 0 || from > values.length() - span) {
      throw new IllegalArgumentException(
          "Cannot multiply: the %s matrix takes %d values from index %d and there are %d."
              .formatted(name, span, from, values.length()));
    }
  }
}
