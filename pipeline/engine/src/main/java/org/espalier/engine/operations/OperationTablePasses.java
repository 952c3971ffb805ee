package org.espalier.engine.operations;

import static org.espalier.engine.operations.Operations.flat;
import static org.espalier.engine.operations.Operations.matrix;

import java.util.Arrays;
import org.espalier.engine.kernel.TablePasses;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link TablePasses} by rows of a matrix. */
final class OperationTablePasses implements TablePasses {
  private final OperationRowPasses rows = new OperationRowPasses();

  @Override
  public void gather(Values table, Values tokens, Values to) {
    int width = TablePasses.width(to, tokens);
    INDArray rows = matrix(table, width);
    matrix(to, width).assign(rows.getRows(numbers(tokens, rows)));
  }

  @Override
  public void gatherKept(Values table, long[] words, Values tokens, Values to) {
    gather(table, tokens, to);
    int width = TablePasses.width(to, tokens);
    int[] numbers = numbers(tokens, matrix(table, width));
    rows.keep(to, ofRows(words, numbers, width), to);
  }

  /** The bits of some rows, one after the other. */
  private static long[] ofRows(long[] words, int[] numbers, int width) {
    long[] bits = new long[(numbers.length * width + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < numbers.length * width; i++) {
      int from = numbers[i / width] * width + i % width;
      bits[i >> 6] |= (words[from >> 6] >>> from & 1) << i;
    }
    return bits;
  }

  @Override
  public void scatter(Values rows, Values tokens, Values table) {
    int width = TablePasses.width(rows, tokens);
    INDArray sums = matrix(table, width);
    INDArray addends = matrix(rows, width);
    int[] numbers = numbers(tokens, sums);
    for (int i = 0; i < numbers.length; i++) {
      sums.getRow(numbers[i]).addi(addends.getRow(i));
    }
  }

  private static int[] numbers(Values tokens, INDArray table) {
    int count = Math.toIntExact(table.size(0));
    return Arrays.stream(flat(tokens).toDoubleVector())
        .mapToInt(token -> TablePasses.requireToken(token, count))
        .toArray();
  }
}
