package org.espalier.engine.transformer;

import java.util.Arrays;
import org.espalier.base.Refusal;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The tokens of a side of a batch, `[batch, 3, length]`: ids, segments and positions.
 *
 * @param array in row-major order
 */
record TokenArrays(INDArray array) {
  private static final int ROWS = 3;

  /**
   * The tokens of an input.
   *
   * @param name of the input
   * @throws Refusal if it is of another shape
   */
  static TokenArrays of(INDArray input, String name) {
    if (input.rank() != ROWS || input.size(1) != ROWS || input.isEmpty()) {
      throw new Refusal(
          "Cannot read %s of shape %s: a Transformer takes [batch, 3, length], the ids, segments and positions of tokens."
              .formatted(name, Arrays.toString(input.shape())));
    }
    return new TokenArrays(input.ordering() == 'c' && !input.isView() ? input : input.dup('c'));
  }

  int sequences() {
    return Math.toIntExact(array.size(0));
  }

  int length() {
    return Math.toIntExact(array.size(2));
  }

  /** Copies the tokens' numbers in the vocabulary, and zeros behind them, to `[batch, padded]`. */
  void copyIds(Values from, int padded, Values to) {
    copy(0, from, padded, to);
  }

  /** Copies the numbers of segments, 0 for padding. */
  void copySegments(Values from, int padded, Values to) {
    copy(1, from, padded, to);
  }

  /** Copies the positions in segments, from 0. */
  void copyPositions(Values from, int padded, Values to) {
    copy(2, from, padded, to);
  }

  private void copy(int row, Values from, int padded, Values to) {
    int length = length();
    for (int s = 0; s < sequences(); s++) {
      for (int t = 0; t < padded; t++) {
        double value = t < length ? from.get((s * ROWS + row) * length + t) : 0;
        to.set(s * padded + t, value);
      }
    }
  }
}
