package org.espalier.averaging;

import org.espalier.averaging.exchange.BrokenInvariant;

/** A worker was about to train with other masks than the round's; its round is refused. */
public final class MaskMismatch extends BrokenInvariant {
  private static final long serialVersionUID = 1L;

  private MaskMismatch(String sentence) {
    super(sentence);
  }

  static void check(int worker, String executor, long expected, long held) {
    if (held != expected) {
      throw new MaskMismatch(
          "Cannot train: worker %d on executor %s holds masks %016x where the round asks for %016x."
              .formatted(worker, executor, held, expected));
    }
  }
}
