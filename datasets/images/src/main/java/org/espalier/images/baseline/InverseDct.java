package org.espalier.images.baseline;

/** The inverse cosine transform of a block of 8x8 coefficients, scaled by {@link Aan}. */
final class InverseDct implements BlockTransform {
  private static final int SIDE = 8;

  /** Coefficients up to this one in coded order lie in the first four rows and columns. */
  private static final int LAST_OF_FEW = 9;

  private static final int FEW = 4;
  private static final float ROOT_2 = 1.4142135f;
  private static final float C1 = 1.847759f;
  private static final float C2 = 1.0823922f;
  private static final float C3 = 2.613126f;

  private final float[] columns = new float[SIDE * SIDE];

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
  public void transform(float[] block, int last, float[] samples, int at, int stride) {
    if (last <= LAST_OF_FEW) {
      for (int x = 0; x < FEW; x++) {
        transformFew(block, x, SIDE, columns, x, SIDE);
      }
      for (int row = 0; row < SIDE; row++) {
        transformFew(columns, row * SIDE, 1, samples, at + row * stride, 1);
      }
      return;
    }
    for (int x = 0; x < SIDE; x++) {
      transformColumn(block, x);
    }
    for (int row = 0; row < SIDE; row++) {
      transformRow(columns, row * SIDE, samples, at + row * stride);
    }
  }

  /** The same where all but the first four coefficients are 0. */
  private static void transformFew(
      float[] in, int from, int step, float[] out, int to, int stepOut) {
    float even0 = in[from];
    float even1 = in[from + 2 * step];
    float odd0 = in[from + step];
    float odd1 = in[from + 3 * step];
    float difference13 = even1 * ROOT_2 - even1;
    float a0 = even0 + even1;
    float a3 = even0 - even1;
    float a1 = even0 + difference13;
    float a2 = even0 - difference13;
    float z5 = (odd0 - odd1) * C1;
    float b7 = odd0 + odd1;
    float b6 = z5 + odd1 * C3 - b7;
    float b5 = (odd0 - odd1) * ROOT_2 - b6;
    float b4 = z5 - odd0 * C2 - b5;
    out[to] = a0 + b7;
    out[to + 7 * stepOut] = a0 - b7;
    out[to + stepOut] = a1 + b6;
    out[to + 6 * stepOut] = a1 - b6;
    out[to + 2 * stepOut] = a2 + b5;
    out[to + 5 * stepOut] = a2 - b5;
    out[to + 3 * stepOut] = a3 + b4;
    out[to + 4 * stepOut] = a3 - b4;
  }

  private void transformColumn(float[] in, int x) {
    float[] out = columns;
    float even0 = in[x];
    float even1 = in[x + 16];
    float even2 = in[x + 32];
    float even3 = in[x + 48];
    float odd0 = in[x + 8];
    float odd1 = in[x + 24];
    float odd2 = in[x + 40];
    float odd3 = in[x + 56];
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
    out[x] = a0 + b7;
    out[x + 56] = a0 - b7;
    out[x + 8] = a1 + b6;
    out[x + 48] = a1 - b6;
    out[x + 16] = a2 + b5;
    out[x + 40] = a2 - b5;
    out[x + 24] = a3 + b4;
    out[x + 32] = a3 - b4;
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
