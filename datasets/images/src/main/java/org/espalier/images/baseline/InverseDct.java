package org.espalier.images.baseline;

import java.util.Arrays;

/**
 * The inverse cosine transform of blocks of 8x8 coefficients, scaled by {@link Aan}: along the rows
 * of a block that has any coefficient there, and then along the columns of all blocks of a row of
 * blocks at once, which the compiler vectorises.
 */
final class InverseDct implements BlockTransform {
  private static final int SIDE = 8;
  private static final float ROOT_2 = 1.4142135f;
  private static final float C1 = 1.847759f;
  private static final float C2 = 1.0823922f;
  private static final float C3 = 2.613126f;
  private static final int[] LAST_ROWS = ZigZag.lastRows();

  /** Coefficients of columns, a row for each. */
  private final float[][] columns = new float[SIDE][0];

  private final float[][] scratch = new float[SIDE][0];

  @Override
  public int side() {
    return SIDE;
  }

  @Override
  public float[] factors(int[] quantisers) {
    float[] scaled = new float[quantisers.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (quantisers[i] * Aan.factor(i) / 8);
    }
    return scaled;
  }

  @Override
  public void begin(int width) {
    for (int i = 0; i < SIDE; i++) {
      if (columns[i].length < width) {
        columns[i] = new float[width];
        scratch[i] = new float[width];
      }
      Arrays.fill(columns[i], 0, width, 0);
    }
  }

  @Override
  public void take(float[] block, int last, int x) {
    if (last == 0) {
      Arrays.fill(columns[0], x, x + SIDE, block[0]);
      return;
    }
    int lastRow = LAST_ROWS[last];
    for (int row = 0; row <= lastRow; row++) {
      transformRow(block, row * SIDE, columns[row], x);
    }
  }

  @Override
  public void finish(Plane into, int y, int width) {
    float[] even0 = columns[0];
    float[] even1 = columns[2];
    float[] even2 = columns[4];
    float[] even3 = columns[6];
    float[] odd0 = columns[1];
    float[] odd1 = columns[3];
    float[] odd2 = columns[5];
    float[] odd3 = columns[7];
    float[] a0 = scratch[0];
    float[] a1 = scratch[1];
    float[] a2 = scratch[2];
    float[] a3 = scratch[3];
    float[] b4 = scratch[4];
    float[] b5 = scratch[5];
    float[] b6 = scratch[6];
    float[] b7 = scratch[7];
    // One array is written by each loop: that is what the compiler vectorises.
    sumAndDifference(even0, even2, a0, a1, width);
    sumAndDifference(even1, even3, a2, a3, width);
    rotate(a3, a2, even3, width);
    sumAndDifference(a1, even3, even1, even2, width);
    sumAndDifference(a0, a2, even0, even3, width);
    sumAndDifference(odd2, odd1, a0, a1, width);
    sumAndDifference(odd0, odd3, a2, a3, width);
    sumAndDifference(a2, a0, b7, b5, width);
    odd6(a1, a3, b7, b6, width);
    rotate(b5, b6, odd0, width);
    odd4(a1, a3, odd0, b4, width);
    sumAndDifference(even0, b7, into.row(y), into.row(y + 7), width);
    sumAndDifference(even1, b6, into.row(y + 1), into.row(y + 6), width);
    sumAndDifference(even2, odd0, into.row(y + 2), into.row(y + 5), width);
    sumAndDifference(even3, b4, into.row(y + 3), into.row(y + 4), width);
  }

  private static void sumAndDifference(
      float[] a, float[] b, float[] sum, float[] difference, int width) {
    for (int x = 0; x < width; x++) {
      sum[x] = a[x] + b[x];
    }
    for (int x = 0; x < width; x++) {
      difference[x] = a[x] - b[x];
    }
  }

  private static void rotate(float[] a, float[] b, float[] out, int width) {
    for (int x = 0; x < width; x++) {
      out[x] = a[x] * ROOT_2 - b[x];
    }
  }

  private static void odd6(float[] z10, float[] z12, float[] b7, float[] out, int width) {
    for (int x = 0; x < width; x++) {
      out[x] = (z10[x] + z12[x]) * C1 - z10[x] * C3 - b7[x];
    }
  }

  private static void odd4(float[] z10, float[] z12, float[] b5, float[] out, int width) {
    for (int x = 0; x < width; x++) {
      out[x] = (z10[x] + z12[x]) * C1 - z12[x] * C2 - b5[x];
    }
  }

  private static void transformRow(float[] in, int from, float[] out, int to) {
    float even0 = in[from];
    float even1 = in[from + 2];
    float even2 = in[from + 4];
    float even3 = in[from + 6];
    float odd0 = in[from + 1];
    float odd1 = in[from + 3];
    float odd2 = in[from + 5];
    float odd3 = in[from + 7];
    float sum02 = even0 + even2;
    float difference02 = even0 - even2;
    float sum13 = even1 + even3;
    float difference13 = (even1 - even3) * ROOT_2 - sum13;
    float a0 = sum02 + sum13;
    float a3 = sum02 - sum13;
    float a1 = difference02 + difference13;
    float a2 = difference02 - difference13;
    float z13 = odd2 + odd1;
    float z10 = odd2 - odd1;
    float z11 = odd0 + odd3;
    float z12 = odd0 - odd3;
    float z5 = (z10 + z12) * C1;
    float b7 = z11 + z13;
    float b6 = z5 - z10 * C3 - b7;
    float b5 = (z11 - z13) * ROOT_2 - b6;
    float b4 = z5 - z12 * C2 - b5;
    out[to] = a0 + b7;
    out[to + 7] = a0 - b7;
    out[to + 1] = a1 + b6;
    out[to + 6] = a1 - b6;
    out[to + 2] = a2 + b5;
    out[to + 5] = a2 - b5;
    out[to + 3] = a3 + b4;
    out[to + 4] = a3 - b4;
  }
}
