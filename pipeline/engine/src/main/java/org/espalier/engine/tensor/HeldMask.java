package org.espalier.engine.tensor;

import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.kernel.Values;
import org.espalier.sparsity.Mask;

/**
 * The mask of one tensor of one replica: the bits that its passes read. All weights are kept at
 * first. Used by one thread at a time.
 */
public final class HeldMask {
  private final long[] words;
  private final int length;
  private boolean dense = true;

  /** The mask of a tensor of so many weights. */
  public HeldMask(int length) {
    this.length = length;
    this.words = new long[(length + Long.SIZE - 1) / Long.SIZE];
    hold(Mask.all(length));
  }

  /**
   * Computes with this mask from now on.
   *
   * @throws IllegalArgumentException if it is of another length
   */
  public void hold(Mask next) {
    if (next.length() != length) {
      throw new IllegalArgumentException(
          "Cannot hold a mask of %d weights for a tensor of %d.".formatted(next.length(), length));
    }
    for (int w = 0; w < words.length; w++) {
      words[w] = next.word(w);
    }
    dense = next.kept() == length;
  }

  /** The mask that passes read, from the bits that they read. */
  public Mask held() {
    return Mask.ofWords(words, length);
  }

  /** The bits themselves, bit {@code i % 64} of word {@code i / 64} for weight i. */
  public long[] words() {
    return words;
  }

  /** Whether every weight is kept. */
  public boolean isDense() {
    return dense;
  }

  /** {@code kept = values} where the mask keeps them, else +0; kept may be values. */
  public void keep(RowPasses rows, Values values, Values kept) {
    rows.keep(values, words, kept);
  }
}
