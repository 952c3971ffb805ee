package org.espalier.sparsity;

import org.espalier.base.Refusal;

/** What a configuration may ask for. */
final class Bounds {
  private Bounds() {}

  /** Refuses a sparsity that is not a number in [0, 1). */
  static void requireSparsity(String what, double sparsity) {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new Refusal(
          "Cannot use "
              + sparsity
              + " as "
              + what
              + ": a sparsity is the fraction of weights that are zero, at least 0 and below 1.");
    }
  }

  /** Refuses something that begins before step 0 or ends before it begins. */
  static void requireOrder(String what, long begin, long end) {
    if (begin < 0) {
      throw new Refusal(
          "Cannot begin " + what + " at step " + begin + ": it must be step 0 or later.");
    }
    if (end < begin) {
      throw new Refusal(
          "Cannot end "
              + what
              + " at step "
              + end
              + ": the begin is step "
              + begin
              + "; choose an end at that step or later.");
    }
  }
}
