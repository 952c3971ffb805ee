package org.espalier.sparsity;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.espalier.base.Refusal;

/**
 * The text format {@code .smtx} of the Deep Learning Matrix Collection (Gale et al. 2020), in which
 * the paper's masks were released and which sparse-kernel benchmarks read: three lines, {@code
 * rows, columns, non-zeros}, the row offsets, the column indices, separated by spaces.
 *
 * <p>Rows are outputs. Line breaks count as spaces when reading, so files that wrap are read too.
 */
public final class SmtxFile {
  private SmtxFile() {}

  /** Writes a pattern; the stream stays open. */
  public static void write(CsrPattern pattern, OutputStream out) throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII));
    text.write(pattern.rows() + ", " + pattern.columns() + ", " + pattern.nonZeros() + "\n");
    for (int row = 0; row <= pattern.rows(); row++) {
      text.write(Integer.toString(pattern.rowOffset(row)));
      text.write(' ');
    }
    text.write('\n');
    for (int k = 0; k < pattern.nonZeros(); k++) {
      text.write(Integer.toString(pattern.columnIndex(k)));
      text.write(' ');
    }
    text.write('\n');
    text.flush();
  }

  /**
   * Reads a pattern; the stream stays open.
   *
   * @param origin what to call the stream in a message, for example a path
   * @throws Refusal if the text is not a matrix in this format
   */
  public static CsrPattern read(InputStream in, String origin) throws IOException {
    SmtxNumbers numbers = new SmtxNumbers(new BufferedInputStream(in, 1 << 16), origin);
    int rows = numbers.next("number of rows", 1, Integer.MAX_VALUE - 1);
    int columns = numbers.next("number of columns", 1, Integer.MAX_VALUE);
    long weights = (long) rows * columns;
    int nonZeros =
        numbers.next("number of non-zeros", 0, (int) Math.min(weights, Integer.MAX_VALUE));
    int[] rowOffsets = new int[1];
    numbers.next("first row offset", 0, 0);
    for (int row = 1; row <= rows; row++) {
      rowOffsets = SmtxNumbers.grown(rowOffsets, row, rows + 1);
      rowOffsets[row] = numbers.next("row offset", rowOffsets[row - 1], nonZeros);
    }
    if (rowOffsets[rows] != nonZeros) {
      throw numbers.refuse(
          "its rows end at " + rowOffsets[rows] + " and it announces " + nonZeros + " non-zeros");
    }
    int[] columnIndices = new int[0];
    for (int row = 0; row < rows; row++) {
      int lowest = 0;
      for (int k = rowOffsets[row]; k < rowOffsets[row + 1]; k++) {
        columnIndices = SmtxNumbers.grown(columnIndices, k, nonZeros);
        columnIndices[k] = numbers.next("column index", lowest, columns - 1);
        lowest = columnIndices[k] + 1;
      }
    }
    numbers.requireEnd();
    return new CsrPattern(columns, rowOffsets, columnIndices);
  }
}
