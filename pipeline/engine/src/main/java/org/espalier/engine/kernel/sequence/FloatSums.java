package org.espalier.engine.kernel.sequence;

/** Sums of float32 numbers, by halves, in loops that the compiler vectorises. */
final class FloatSums {
  private static final int FEW = 16;

  private FloatSums() {}

  /** The sum of the first {@code count} numbers; overwrites them. */
  static float of(float[] x, int count) {
    int left = count;
    while (left > FEW) {
      int half = left / 2;
      for (int i = 0; i < half; i++) {
        x[i] += x[i + left - half];
      }
      left -= half;
    }
    float sum = 0;
    for (int i = 0; i < left; i++) {
      sum += x[i];
    }
    return sum;
  }
}
