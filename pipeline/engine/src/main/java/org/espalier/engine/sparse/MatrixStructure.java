package org.espalier.engine.sparse;

import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.SparseRows;

/**
 * The kept weights of a matrix `[out, in]`, by output and by input.
 *
 * @param byOutput rows are outputs, entries in flat order
 * @param byInput rows are inputs
 * @param flat number of each entry of {@code byInput} among those of {@code byOutput}
 */
record MatrixStructure(SparseRows byOutput, SparseRows byInput, int[] flat) {
  /**
   * The shape that a structure is made for.
   *
   * @param in columns of the matrix
   * @param out rows of the matrix
   * @param stride floats from one feature of a panel to the next
   */
  record Shape(int in, int out, int stride) {}

  static MatrixStructure of(KeptWeights kept, Shape shape) {
    int entries = kept.count();
    int[] outStart = new int[shape.out() + 1];
    int[] inStart = new int[shape.in() + 1];
    int[] inputs = new int[entries];
    for (int e = 0; e < entries; e++) {
      int row = kept.index(e) / shape.in();
      int column = kept.index(e) - row * shape.in();
      outStart[row + 1]++;
      inStart[column + 1]++;
      inputs[e] = column * shape.stride();
    }
    accumulate(outStart);
    accumulate(inStart);
    int[] outputs = new int[entries];
    int[] flat = new int[entries];
    int[] next = inStart.clone();
    for (int row = 0; row < shape.out(); row++) {
      for (int e = outStart[row]; e < outStart[row + 1]; e++) {
        int at = next[inputs[e] / shape.stride()]++;
        outputs[at] = row * shape.stride();
        flat[at] = e;
      }
    }
    return new MatrixStructure(
        new SparseRows(outStart, inputs), new SparseRows(inStart, outputs), flat);
  }

  private static void accumulate(int[] counts) {
    for (int i = 1; i < counts.length; i++) {
      counts[i] += counts[i - 1];
    }
  }
}
