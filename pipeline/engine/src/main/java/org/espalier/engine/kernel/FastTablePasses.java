package org.espalier.engine.kernel;

/** {@link TablePasses} a row at a time. Used by one thread at a time. */
final class FastTablePasses implements TablePasses {
  private float[] row = new float[0];
  private float[] sum = new float[0];

  @Override
  public void gather(Values table, Values tokens, Values to) {
    int width = hold(TablePasses.width(to, tokens));
    FloatValues from = FloatValues.require(table);
    FloatValues target = FloatValues.require(to);
    for (int i = 0; i < tokens.length(); i++) {
      from.read(TablePasses.row(tokens, i, width, table), row, width);
      target.write(i * width, row, width);
    }
  }

  @Override
  public void gatherKept(Values table, long[] words, Values tokens, Values to) {
    int width = hold(TablePasses.width(to, tokens));
    FloatValues from = FloatValues.require(table);
    FloatValues target = FloatValues.require(to);
    for (int i = 0; i < tokens.length(); i++) {
      int at = TablePasses.row(tokens, i, width, table);
      from.read(at, row, width);
      MaskBits.keep(words, at, row, width);
      target.write(i * width, row, width);
    }
  }

  @Override
  public void scatter(Values rows, Values tokens, Values table) {
    int width = hold(TablePasses.width(rows, tokens));
    FloatValues from = FloatValues.require(rows);
    FloatValues target = FloatValues.require(table);
    for (int i = 0; i < tokens.length(); i++) {
      int at = TablePasses.row(tokens, i, width, table);
      from.read(i * width, row, width);
      target.read(at, sum, width);
      for (int j = 0; j < width; j++) {
        sum[j] += row[j];
      }
      target.write(at, sum, width);
    }
  }

  private int hold(int width) {
    if (row.length < width) {
      row = new float[width];
      sum = new float[width];
    }
    return width;
  }
}
