package org.espalier.engine.kernel;

/**
 * Which rows of a matrix `[rows, columns]` share their noise: the first {@code rows} rows use the
 * same numbers, then the next, and so on. A sequence `[batch, length, columns]` shares the noise of
 * all its positions (the paper's released code).
 *
 * @param rows rows that share, at least 1
 */
public record Sharing(int rows) {
  /** Every row has numbers of its own. */
  public static final Sharing NONE = new Sharing(1);

  /** Checks the number. */
  public Sharing {
    if (rows < 1) {
      throw new IllegalArgumentException(
          "Cannot share noise among %d rows: it must be at least 1.".formatted(rows));
    }
  }

  /** Which number of the noise a value of a matrix with so many columns uses. */
  public int index(int value, int columns) {
    return rows == 1 ? value : value / columns / rows * columns + value % columns;
  }
}
