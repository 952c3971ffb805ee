package org.espalier.images.baseline;

import java.util.Arrays;

/**
 * One component of an image: rows of samples around 0, as JPEG transforms them. Rows are arrays of
 * their own, because the compiler vectorises loops over arrays from their beginning. Their memory
 * is used again. Used by one thread.
 */
public final class Plane {
  /** Samples for which there is room, so that wide and high images find it in turn. */
  private static final long MOST_KEPT = 1L << 20;

  private float[][] rows = {};
  private int width;
  private int height;

  /**
   * Makes room. Samples are undefined afterwards.
   *
   * @param rowsInAll at least the height
   * @param stride samples of a row in all, at least the width
   */
  void shape(int newWidth, int newHeight, int rowsInAll, int stride) {
    int longest = rows.length == 0 ? 0 : rows[0].length;
    if (rows.length < rowsInAll || longest < stride) {
      int most = Math.max(rows.length, rowsInAll);
      longest = Math.max(longest, stride);
      boolean worthKeeping = (long) most * longest <= MOST_KEPT;
      rows = worthKeeping ? new float[most][longest] : new float[rowsInAll][stride];
    }
    width = newWidth;
    height = newHeight;
  }

  /** Makes a plane of zeros. */
  void clear(int newWidth, int newHeight) {
    shape(newWidth, newHeight, newHeight, newWidth);
    for (int y = 0; y < newHeight; y++) {
      Arrays.fill(rows[y], 0);
    }
  }

  /** Makes this a copy of a part of another plane. */
  void copy(Plane from, int x, int y, int newWidth, int newHeight) {
    shape(newWidth, newHeight, newHeight, newWidth);
    for (int row = 0; row < newHeight; row++) {
      System.arraycopy(from.rows[y + row], x, rows[row], 0, newWidth);
    }
  }

  /** Samples in a row that belong to the image. */
  public int width() {
    return width;
  }

  /** Rows that belong to the image. */
  public int height() {
    return height;
  }

  float[] row(int y) {
    return rows[y];
  }
}
