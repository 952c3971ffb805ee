package org.espalier.kernel;

import java.nio.FloatBuffer;

/**
 * Elementwise passes over the rows of a matrix `[rows, columns]`, in place and without allocation.
 * Used by one thread at a time.
 */
public final class RowPasses {
  private final int columns;
  private final float[] row;
  private final float[] other;
  private final float[] bias;

  /** Passes over rows of this width. */
  public RowPasses(int columns) {
    this.columns = columns;
    this.row = new float[columns];
    this.other = new float[columns];
    this.bias = new float[columns];
  }

  /** {@code z = max(z + b, 0)} with b `[columns]`. */
  public void addBiasAndRectify(FloatBuffer z, FloatBuffer b) {
    b.get(0, bias);
    for (int from = 0; from < z.capacity(); from += columns) {
      z.get(from, row);
      for (int i = 0; i < columns; i++) {
        row[i] = Math.max(row[i] + bias[i], 0f);
      }
      z.put(from, row);
    }
  }

  /**
   * The gradient before {@link #addBiasAndRectify}: {@code delta = 0} wherever {@code output} is 0,
   * and {@code biasGradient = sum of the rows of delta}, added in row order.
   */
  public void rectifiedGradient(FloatBuffer delta, FloatBuffer output, FloatBuffer biasGradient) {
    java.util.Arrays.fill(bias, 0f);
    for (int from = 0; from < delta.capacity(); from += columns) {
      delta.get(from, row);
      output.get(from, other);
      for (int i = 0; i < columns; i++) {
        float passed = other[i] > 0f ? row[i] : 0f;
        row[i] = passed;
        bias[i] += passed;
      }
      delta.put(from, row);
    }
    biasGradient.put(0, bias);
  }
}
