package org.espalier.engine.kernel;

/**
 * Products of matrices. One object is used by one thread at a time; a call allocates nothing. The
 * bits of a result depend on shape and values, not on the number of threads.
 */
public interface Products {
  /**
   * One product.
   *
   * @throws IllegalArgumentException if a vector is shorter than the shape needs
   */
  default void multiply(ProductShape shape, Values a, Values b, Values c) {
    multiply(shape, Repetition.ONCE, a, b, c);
  }

  /** Many products of one shape. */
  void multiply(ProductShape shape, Repetition repetition, Values a, Values b, Values c);

  /**
   * How often a product is repeated, and how far apart the operands of one are from those of the
   * next.
   *
   * @param count number of products, at least 1
   * @param left from one a to the next
   * @param right from one b to the next
   * @param result from one c to the next
   */
  record Repetition(int count, int left, int right, int result) {
    /** A single product. */
    public static final Repetition ONCE = new Repetition(1, 0, 0, 0);

    /** Checks the count. */
    public Repetition {
      if (count < 1 || left < 0 || right < 0 || result < 0) {
        throw new IllegalArgumentException(
            "Cannot repeat a product %d times at distances %d, %d and %d: the count must be at least 1 and no distance negative."
                .formatted(count, left, right, result));
      }
    }

    /**
     * Checks operands.
     *
     * @throws IllegalArgumentException if one is shorter than the shape asks for
     */
    public void require(ProductShape shape, Values a, Values b, Values c) {
      require("left", shape.leftSpan(), left, a);
      require("right", shape.rightSpan(), right, b);
      require("result", shape.resultSpan(), result, c);
    }

    private void require(String name, int span, int step, Values values) {
      long needed = span + (long) (count - 1) * step;
      if (values.length() < needed) {
        throw new IllegalArgumentException(
            "Cannot multiply: the %s matrix needs %d values and has %d."
                .formatted(name, needed, values.length()));
      }
    }
  }
}
