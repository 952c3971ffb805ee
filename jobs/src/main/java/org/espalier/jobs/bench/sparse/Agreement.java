package org.espalier.jobs.bench.sparse;

/** The proof that two ways to compute a layer give the same. */
final class Agreement {
  /** Difference at most, of the largest value. */
  private static final double TOLERANCE = 1e-4;

  private Agreement() {}

  /**
   * Computes a layer both ways and compares all results.
   *
   * @param layer what to call it in a message
   * @throws IllegalStateException if they differ
   */
  static void require(String layer, LayerShape shape, LayerSide dense, LayerSide sparse) {
    dense.forward();
    dense.backward();
    sparse.forward();
    sparse.backward();
    require(
        "output of " + layer,
        LayerBatch.numbers(dense.batch().output(), shape.outputs()),
        LayerBatch.numbers(sparse.batch().output(), shape.outputs()));
    require(
        "input's gradient of " + layer,
        LayerBatch.numbers(dense.batch().inputGradient(), shape.inputs()),
        LayerBatch.numbers(sparse.batch().inputGradient(), shape.inputs()));
    require("weights' gradient of " + layer, dense.keptGradient(), sparse.keptGradient());
  }

  static void require(String what, float[] dense, float[] sparse) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < dense.length; i++) {
      largest = Math.max(largest, Math.abs(dense[i]));
      difference = Math.max(difference, Math.abs((double) dense[i] - sparse[i]));
    }
    if (!(difference <= TOLERANCE * largest)) {
      throw new IllegalStateException(
          "Cannot time the %s: over the kept weights it differs by %s from the dense kernels', whose largest value is %s, so one of the two computes something else."
              .formatted(what, (float) difference, (float) largest));
    }
  }
}
