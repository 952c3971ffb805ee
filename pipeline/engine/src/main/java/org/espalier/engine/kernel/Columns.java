package org.espalier.engine.kernel;

/**
 * How a pass over `[rows, columns]` meets a vector `[columns]`: the vector is repeated to a tile as
 * long as a piece, so that the inner loop is as long as the piece however narrow the rows are. Rows
 * wider than a piece are their own tile.
 */
final class Columns {
  private final int columns;
  private final int width;

  private Columns(int columns) {
    this.columns = columns;
    this.width = columns > Chunked.CHUNK ? columns : Chunked.CHUNK / columns * columns;
  }

  static Columns of(Values matrix, int columns) {
    matrix.rows(columns); // Refuses what has none.
    return new Columns(columns);
  }

  /** Length of a tile. */
  int width() {
    return width;
  }

  /** Fills a tile with repetitions of a vector `[columns]`. */
  void repeat(FloatValues vector, float[] tile) {
    vector.read(0, tile, columns);
    for (int at = columns; at < width; at += columns) {
      System.arraycopy(tile, 0, tile, at, columns);
    }
  }

  /** {@code values += tile}. */
  void add(float[] tile, int from, float[] values, int size, LaneMath math) {
    for (int done = 0; done < size; ) {
      int at = (from + done) % width;
      int run = Math.min(width - at, size - done);
      math.add(values, done, tile, at, run);
      done += run;
    }
  }

  /** {@code tile += values}. */
  void accumulate(float[] values, int from, int size, float[] tile, LaneMath math) {
    for (int done = 0; done < size; ) {
      int at = (from + done) % width;
      int run = Math.min(width - at, size - done);
      math.add(tile, at, values, done, run);
      done += run;
    }
  }

  /** The sum of the tiles, folded to `[columns]`, in the tiles' order. */
  void fold(float[][] tiles, int count, FloatValues sums) {
    float[] first = tiles[0];
    for (int tile = 1; tile < count; tile++) {
      for (int i = 0; i < width; i++) {
        first[i] += tiles[tile][i];
      }
    }
    for (int at = columns; at < width; at += columns) {
      for (int i = 0; i < columns; i++) {
        first[i] += first[at + i];
      }
    }
    sums.write(0, first, columns);
  }
}
