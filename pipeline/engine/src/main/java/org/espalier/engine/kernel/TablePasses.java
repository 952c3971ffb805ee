package org.espalier.engine.kernel;

/** Rows of a table `[tokens, width]` by their numbers. Deterministic: rows are taken in order. */
public interface TablePasses {
  /** {@code to[i] = table[tokens[i]]}, `[occurrences, width]`. */
  void gather(Values table, Values tokens, Values to);

  /**
   * {@link #gather} with +0 for what the mask leaves out.
   *
   * @param words of the mask, bit {@code i % 64} of word {@code i / 64} set if value i of the table
   *     is kept
   */
  void gatherKept(Values table, long[] words, Values tokens, Values to);

  /** {@code table[tokens[i]] += rows[i]}, one occurrence after the other. */
  void scatter(Values rows, Values tokens, Values table);

  /** Number of values per row, from an array of rows and the tokens that they belong to. */
  static int width(Values rows, Values tokens) {
    if (rows.length() % tokens.length() != 0) {
      throw new IllegalArgumentException(
          "Cannot read %d values as rows of %d tokens: the rows would not be of one length."
              .formatted(rows.length(), tokens.length()));
    }
    return rows.length() / tokens.length();
  }

  /**
   * A token as the number of one of {@code count} rows.
   *
   * @throws IllegalArgumentException if there is no such row
   */
  static int requireToken(double token, int count) {
    if (!(token >= 0 && token < count) || token != Math.rint(token)) {
      throw new IllegalArgumentException(
          "Cannot look up the token %s: tokens are whole numbers from 0 to %d."
              .formatted(token, count - 1));
    }
    return (int) token;
  }

  /** The index of a token's row in a table of so many values. */
  static int row(Values tokens, int occurrence, int width, Values table) {
    return width * requireToken(tokens.get(occurrence), table.length() / width);
  }
}
