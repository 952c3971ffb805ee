package org.espalier.images.baseline;

/** The order in which a block's coefficients are coded (T.81, figure A.6). */
final class ZigZag {
  private static final int SIDE = 8;

  /** The place in the block, row by row, of each coefficient in coded order. */
  private static final int[] PLACES = places();

  private ZigZag() {}

  /** A copy, so that it stays as it is. */
  static int[] places() {
    int[] places = new int[SIDE * SIDE];
    int row = 0;
    int column = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = row * SIDE + column;
      boolean up = (row + column) % 2 == 0;
      if (up && column == SIDE - 1) {
        row++;
      } else if (up && row == 0) {
        column++;
      } else if (!up && row == SIDE - 1) {
        column++;
      } else if (!up && column == 0) {
        row++;
      } else {
        row += up ? -1 : 1;
        column += up ? 1 : -1;
      }
    }
    return places;
  }

  /** The last row of the block that has one of the coefficients up to each in coded order. */
  static int[] lastRows() {
    int[] rows = new int[SIDE * SIDE];
    int last = 0;
    for (int i = 0; i < rows.length; i++) {
      last = Math.max(last, PLACES[i] / SIDE);
      rows[i] = last;
    }
    return rows;
  }

  static int place(int coded) {
    return PLACES[coded];
  }
}
