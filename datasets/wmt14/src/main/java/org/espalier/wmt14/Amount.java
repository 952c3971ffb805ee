package org.espalier.wmt14;

import java.io.Serializable;

/**
 * So many pairs.
 *
 * @param pairs how many
 * @param source subwords of their source sentences, ends of sentences included
 * @param target subwords of their target sentences, likewise
 */
public record Amount(long pairs, long source, long target) implements Serializable {
  /** No pair. */
  static final Amount NONE = new Amount(0, 0, 0);

  static Amount of(int[] source, int[] target) {
    return new Amount(1, source.length, target.length);
  }

  Amount plus(Amount more) {
    return new Amount(pairs + more.pairs, source + more.source, target + more.target);
  }

  /** The subwords of both sides. */
  public long subwords() {
    return source + target;
  }
}
