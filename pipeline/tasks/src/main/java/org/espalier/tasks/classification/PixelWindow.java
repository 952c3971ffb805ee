package org.espalier.tasks.classification;

import java.util.Arrays;

/**
 * A view of an image, as large as the image itself: which of its rows and columns are seen where.
 * Placed again and again. Used by one thread at a time.
 */
final class PixelWindow {
  /** Where a row or column of zeros is seen. */
  static final int NOTHING = -1;

  private final int[] rows;
  private final int[] columns;

  /** A window on the whole image. */
  PixelWindow(int height, int width) {
    rows = new int[height];
    columns = new int[width];
    whole();
  }

  /** Shows the image as it is. */
  void whole() {
    Arrays.setAll(rows, row -> row);
    Arrays.setAll(columns, column -> column);
  }

  /** Moves the window down and to the right by so many pixels. */
  void move(int down, int right, Border border) {
    fill(rows, down, border);
    fill(columns, right, border);
  }

  /** Exchanges left and right of what is seen. */
  void mirror() {
    for (int left = 0, right = columns.length - 1; left < right; left++, right--) {
      int column = columns[left];
      columns[left] = columns[right];
      columns[right] = column;
    }
  }

  /** The image's row that is seen at a row of the window, or {@link #NOTHING}. */
  int row(int at) {
    return rows[at];
  }

  /** The image's column that is seen at a column of the window, or {@link #NOTHING}. */
  int column(int at) {
    return columns[at];
  }

  private static void fill(int[] sources, int distance, Border border) {
    for (int i = 0; i < sources.length; i++) {
      sources[i] = border.source(i + distance, sources.length);
    }
  }
}
