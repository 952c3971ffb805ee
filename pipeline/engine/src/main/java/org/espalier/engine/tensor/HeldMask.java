package org.espalier.engine.tensor;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.MaskedProducts;
import org.espalier.engine.sparse.KeptValues;
import org.espalier.sparsity.Mask;

/**
 * The mask of one tensor of one replica: the bits that its passes read. All weights are kept at
 * first. Used by one thread at a time.
 */
public final class HeldMask {
  private static final Map<Mask, KeptWeights> SHARED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final long[] words;
  private final int length;
  private MaskedProducts products = MaskedProducts.DENSE;
  private Mask mask;
  private Optional<KeptWeights> kept = Optional.empty();
  private Optional<KeptValues> apart = Optional.empty();
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
    mask = next;
    choose();
  }

  /** Whether products leave masked weights out from now on; {@code DENSE} before. */
  public void leaveOut(MaskedProducts choice) {
    if (choice != products) {
      products = choice;
      choose();
    }
  }

  private void choose() {
    kept = products.leaveOut(mask.kept(), length) ? Optional.of(keptWeights()) : Optional.empty();
  }

  /** The kept weights, which replicas of a process share. */
  public KeptWeights keptWeights() {
    return SHARED.computeIfAbsent(mask, each -> KeptWeights.of(words, length));
  }

  /** The kept weights, where products leave the others out. */
  public Optional<KeptWeights> kept() {
    return kept;
  }

  /** Reads kept weights, and writes their gradients, where an optimiser keeps them from now on. */
  public void keepApart(KeptValues values) {
    apart = Optional.of(values);
  }

  /** Reads kept weights and writes their gradients in the network's vectors again. */
  public void keepTogether() {
    apart = Optional.empty();
  }

  /** Where the kept weights are, if not in the network's vectors. */
  public Optional<KeptValues> apart() {
    return apart;
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

  /** The share of the weights that are kept, from 0 to 1. */
  public double keptShare() {
    return dense ? 1 : (double) mask.kept() / length;
  }

  /** {@code kept = values} where the mask keeps them, else +0; kept may be values. */
  public void keep(RowPasses rows, Values values, Values kept) {
    rows.keep(values, words, kept);
  }
}
