package org.espalier.engine.sparse;

import java.util.Arrays;
import org.espalier.engine.kernel.sparse.Panel;
import org.espalier.engine.kernel.sparse.SparseRows;

/**
 * The factors of biases: a bias is a weight that is multiplied with ones.
 *
 * @param rows one entry for every output
 * @param panel of ones
 */
record Ones(SparseRows rows, Panel panel) {
  static Ones of(int outputs, int width) {
    int[] start = new int[outputs + 1];
    Arrays.setAll(start, output -> output);
    Panel panel = Arena.panel(1, width);
    Arrays.fill(panel.values(), 1f);
    return new Ones(new SparseRows(start, new int[outputs]), panel);
  }
}
