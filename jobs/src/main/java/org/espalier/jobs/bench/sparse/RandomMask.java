package org.espalier.jobs.bench.sparse;

import java.util.SplittableRandom;
import org.espalier.base.Refusal;
import org.espalier.sparsity.Mask;

/** Masks that keep weights uniformly at random. */
final class RandomMask {
  private RandomMask() {}

  /** Checks that a sparsity leaves something to compute. */
  static double requireSparsity(double sparsity) {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new Refusal(
          "Cannot measure a layer at a sparsity of %s: it must be at least 0 and below 1."
              .formatted(sparsity));
    }
    return sparsity;
  }

  /** A mask of exactly so sparse a tensor, rounded to whole weights; at least one is kept. */
  static Mask of(int length, double sparsity, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] kept = new boolean[length];
    long wanted = Math.max(1, Math.round(length * (1 - sparsity)));
    for (int i = 0; i < length; i++) {
      kept[i] = random.nextInt(length - i) < wanted;
      wanted -= kept[i] ? 1 : 0;
    }
    return Mask.where(length, i -> kept[i]);
  }
}
