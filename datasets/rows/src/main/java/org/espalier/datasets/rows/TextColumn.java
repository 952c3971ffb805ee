package org.espalier.datasets.rows;

import java.nio.charset.StandardCharsets;

/** A column of strings. */
public final class TextColumn {
  private final Cells cells;

  TextColumn(Cells cells) {
    this.cells = cells;
  }

  /** The string of a row. */
  public String at(int row) {
    return StandardCharsets.UTF_8.decode(cells.at(row)).toString();
  }
}
