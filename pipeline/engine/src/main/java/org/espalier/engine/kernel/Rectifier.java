package org.espalier.engine.kernel;

/** ReLU over arrays. */
final class Rectifier {
  /** Two factors of this make at least 1 of every positive float32. */
  static final float HUGE = 0x1p127f;

  private Rectifier() {}

  static void apply(Activation activation, float[] z, int size) {
    if (activation == Activation.RELU) {
      for (int i = 0; i < size; i++) {
        z[i] = Math.max(z[i], 0f);
      }
    }
  }

  /** {@code delta = 0} where the output is 0. */
  static void gate(float[] delta, float[] output, int size) {
    for (int i = 0; i < size; i++) {
      // A product and not a branch: the compiler vectorises it, and outputs are never negative.
      delta[i] *= Math.min(output[i] * HUGE * HUGE, 1f);
    }
  }
}
