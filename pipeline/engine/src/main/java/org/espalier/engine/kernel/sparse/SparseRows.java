package org.espalier.engine.kernel.sparse;

/**
 * Where the kept weights of a linear map lie, row by row of its result; immutable, so that all
 * replicas of a process can share it.
 *
 * @param start `[rows + 1]`: entries {@code start[r]} to {@code start[r + 1] - 1} are those of row
 *     r
 * @param source `[entries]`: where the values that an entry is multiplied with begin, in floats
 *     from the beginning of a {@link Panel}
 */
public record SparseRows(int[] start, int[] source) {
  /** Number of rows. */
  public int rows() {
    return start.length - 1;
  }

  /** Number of kept weights. */
  public int entries() {
    return source.length;
  }

  /** The end of as many rows from this one on as have so many entries at most; of one at least. */
  public int together(int row, int end, int entries) {
    int last = row + 1;
    while (last < end && start[last + 1] - start[row] <= entries) {
      last++;
    }
    return last;
  }

  /** Entries of the fullest row. */
  public int widest() {
    int most = 0;
    for (int r = 0; r < rows(); r++) {
      most = Math.max(most, start[r + 1] - start[r]);
    }
    return most;
  }

  /**
   * The first row of each of so many parts with about as many entries each, and the end of the
   * last.
   *
   * @return `[parts + 1]`, ascending
   */
  public int[] cut(int parts) {
    int[] cuts = new int[parts + 1];
    int row = 0;
    for (int part = 1; part < parts; part++) {
      long goal = (long) (entries() + rows()) * part / parts;
      while (row < rows() && start[row] + row < goal) {
        row++;
      }
      cuts[part] = row;
    }
    cuts[parts] = rows();
    return cuts;
  }
}
