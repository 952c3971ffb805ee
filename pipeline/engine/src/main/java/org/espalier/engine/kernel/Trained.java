package org.espalier.engine.kernel;

/**
 * One tensor as an optimiser sees it: parts of the flat vectors, all of one length.
 *
 * <p>The mask, where there is one, has a set bit for every weight that is kept, bit {@code i % 64}
 * of word {@code i / 64} for weight i; it zeroes the loss gradient of the others. Weight decay and
 * what the optimiser remembers reach every weight (as in the library behind the paper's numbers).
 */
public final class Trained {
  final Values weights;
  final Values gradient;
  final Values first;
  final Values second;
  private long[] kept;

  /**
   * A tensor.
   *
   * @param gradient becomes what is to be subtracted from the weights
   * @param first velocity or first moment, null where the rule has none
   * @param second second moment, null where the rule has none
   */
  public Trained(Values weights, Values gradient, Values first, Values second) {
    this.weights = weights;
    this.gradient = gradient;
    this.first = first;
    this.second = second;
    Chunked.requireLength("the gradient", gradient, weights.length());
  }

  /**
   * Masks the loss gradient from now on; null ends that. The words are not copied.
   *
   * @throws IllegalArgumentException if there are too few words
   */
  public void mask(long[] words) {
    if (words != null && words.length * (long) Long.SIZE < weights.length()) {
      throw new IllegalArgumentException(
          "Cannot mask %d weights with %d words of 64 bits: too few."
              .formatted(weights.length(), words.length));
    }
    kept = words;
  }

  /** Makes a weight, and what the optimiser remembers of it, zero. */
  public void clear(int index) {
    weights.set(index, 0);
    if (first != null) {
      first.set(index, 0);
    }
    if (second != null) {
      second.set(index, 0);
    }
  }

  /** Masks the loss gradient as that of another tensor is masked. */
  void maskAs(Trained other) {
    mask(other.kept);
  }

  /** Number of weights. */
  public int length() {
    return weights.length();
  }

  boolean masked() {
    return kept != null;
  }

  boolean keeps(int index) {
    return kept == null || MaskBits.keeps(kept, index);
  }

  /**
   * Zeroes the masked ones, whatever they are, of {@code count} values that belong to the weights
   * from {@code from}.
   */
  void zeroMasked(int from, float[] values, int count) {
    MaskBits.keep(kept, from, values, count);
  }
}
