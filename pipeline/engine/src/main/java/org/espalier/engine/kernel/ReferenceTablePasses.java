package org.espalier.engine.kernel;

/** {@link TablePasses} one value at a time. */
final class ReferenceTablePasses implements TablePasses {
  @Override
  public void gather(Values table, Values tokens, Values to) {
    int width = TablePasses.width(to, tokens);
    for (int i = 0; i < tokens.length(); i++) {
      int from = TablePasses.row(tokens, i, width, table);
      for (int j = 0; j < width; j++) {
        to.set(i * width + j, table.get(from + j));
      }
    }
  }

  @Override
  public void gatherKept(Values table, long[] words, Values tokens, Values to) {
    int width = TablePasses.width(to, tokens);
    for (int i = 0; i < tokens.length(); i++) {
      int from = TablePasses.row(tokens, i, width, table);
      for (int j = 0; j < width; j++) {
        to.set(i * width + j, MaskBits.keeps(words, from + j) ? table.get(from + j) : 0);
      }
    }
  }

  @Override
  public void scatter(Values rows, Values tokens, Values table) {
    int width = TablePasses.width(rows, tokens);
    for (int i = 0; i < tokens.length(); i++) {
      int at = TablePasses.row(tokens, i, width, table);
      for (int j = 0; j < width; j++) {
        table.set(at + j, table.get(at + j) + rows.get(i * width + j));
      }
    }
  }
}
