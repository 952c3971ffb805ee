package org.espalier.images.baseline;

/** The cosine transform of 8x8 samples, scaled by {@link Aan}. */
final class ForwardDct {
  private static final int SIDE = 8;
  private static final float A1 = 0.70710677f;
  private static final float A2 = 0.5411961f;
  private static final float A4 = 1.306563f;
  private static final float A5 = 0.38268343f;

  private ForwardDct() {}

  /**
   * The factors that make quantised coefficients of transformed ones.
   *
   * @param quantisers row by row
   */
  static float[] factors(int[] quantisers) {
    float[] factors = new float[quantisers.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) (1 / (quantisers[i] * Aan.factor(i) * SIDE));
    }
    return factors;
  }

  /** Transforms the samples that begin at column {@code x} and row {@code y}. */
  static void transform(Plane plane, int x, int y, float[] block) {
    for (int row = 0; row < SIDE; row++) {
      lines(plane.row(y + row), x, 1, block, row * SIDE);
    }
    for (int column = 0; column < SIDE; column++) {
      lines(block, column, SIDE, block, column);
    }
  }

  private static void lines(float[] in, int from, int step, float[] out, int to) {
    float in0 = in[from];
    float in1 = in[from + step];
    float in2 = in[from + 2 * step];
    float in3 = in[from + 3 * step];
    float in4 = in[from + 4 * step];
    float in5 = in[from + 5 * step];
    float in6 = in[from + 6 * step];
    float in7 = in[from + 7 * step];
    float sum07 = in0 + in7;
    float sum16 = in1 + in6;
    float sum25 = in2 + in5;
    float sum34 = in3 + in4;
    float even0 = sum07 + sum34;
    float even3 = sum07 - sum34;
    float even1 = sum16 + sum25;
    float even2 = sum16 - sum25;
    float z1 = (even2 + even3) * A1;
    float odd0 = in3 - in4 + (in2 - in5);
    float odd1 = in2 - in5 + (in1 - in6);
    float odd2 = in1 - in6 + (in0 - in7);
    float z5 = (odd0 - odd2) * A5;
    float z2 = odd0 * A2 + z5;
    float z4 = odd2 * A4 + z5;
    float z3 = odd1 * A1;
    float z11 = in0 - in7 + z3;
    float z13 = in0 - in7 - z3;
    out[to] = even0 + even1;
    out[to + 4 * step] = even0 - even1;
    out[to + 2 * step] = even3 + z1;
    out[to + 6 * step] = even3 - z1;
    out[to + 5 * step] = z13 + z2;
    out[to + 3 * step] = z13 - z2;
    out[to + step] = z11 + z4;
    out[to + 7 * step] = z11 - z4;
  }
}
