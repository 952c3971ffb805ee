package org.espalier.averaging;

import org.espalier.averaging.exchange.BrokenInvariant;

/** A process was about to train with another arithmetic than the others of its run. */
public final class ArithmeticMismatch extends BrokenInvariant {
  private static final long serialVersionUID = 1L;

  private ArithmeticMismatch(String sentence) {
    super(sentence);
  }

  /**
   * Compares a process with one that the run trusts.
   *
   * @throws ArithmeticMismatch if their results would differ in bits
   */
  static void check(ComputingProcess process, ComputingProcess trusted) {
    if (!process.arithmetic().equals(trusted.arithmetic())) {
      throw new ArithmeticMismatch(
          "Cannot train: %s computes with %s, and %s with %s, which gives other bits; use machines with CPUs of one type, and the same options for driver and executors."
              .formatted(
                  process.name(), process.arithmetic(), trusted.name(), trusted.arithmetic()));
    }
  }
}
