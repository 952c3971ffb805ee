package org.espalier.images.baseline;

/**
 * The inverse cosine transform of a block's lowest coefficients to {@code n x n} samples, n being
 * 4, 2 or 1: the image at half, a quarter or an eighth of its sides.
 */
final class ReducedDct implements BlockTransform {
  private static final int SIDE = 8;

  private final int side;

  /** {@code [sample, coefficient]}. */
  private final float[] basis;

  private final float[] columns;
  private float[][] rows = {};

  ReducedDct(int side) {
    this.side = side;
    this.basis = new float[side * side];
    this.columns = new float[side * side];
    for (int x = 0; x < side; x++) {
      for (int u = 0; u < side; u++) {
        double norm = Math.sqrt((u == 0 ? 1.0 : 2.0) / side);
        basis[x * side + u] =
            (float) (norm * StrictMath.cos((2 * x + 1) * u * Math.PI / (2 * side)));
      }
    }
  }

  @Override
  public int side() {
    return side;
  }

  @Override
  public float[] factors(int[] quantisers) {
    float[] factors = new float[quantisers.length];
    for (int v = 0; v < side; v++) {
      for (int u = 0; u < side; u++) {
        factors[v * SIDE + u] = (float) quantisers[v * SIDE + u] * side / SIDE;
      }
    }
    return factors;
  }

  @Override
  public void begin(int width) {
    if (rows.length == 0 || rows[0].length < width) {
      rows = new float[side][width];
    }
  }

  @Override
  public void take(float[] block, int last, int at) {
    for (int y = 0; y < side; y++) {
      for (int u = 0; u < side; u++) {
        float sum = 0;
        for (int v = 0; v < side; v++) {
          sum += basis[y * side + v] * block[v * SIDE + u];
        }
        columns[y * side + u] = sum;
      }
    }
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        float sum = 0;
        for (int u = 0; u < side; u++) {
          sum += basis[x * side + u] * columns[y * side + u];
        }
        rows[y][at + x] = sum;
      }
    }
  }

  @Override
  public void finish(Plane into, int y, int width) {
    for (int i = 0; i < side; i++) {
      System.arraycopy(rows[i], 0, into.row(y + i), 0, width);
    }
  }
}
