package org.espalier.averaging.gradients;

/**
 * When the first of those that take part in a step had computed its gradients, as far as it is
 * known here; clocks of different machines are not compared. Thread-safe.
 */
final class FirstDone {
  /** In place of a number of nanoseconds: nobody is known to be done. */
  static final long NOBODY = -1;

  private long step = -1;
  private long since;

  /**
   * Hears of one that is done.
   *
   * @param ago nanoseconds, or {@link #NOBODY}, which is not heard
   */
  synchronized void heard(long of, long ago) {
    if (ago == NOBODY) {
      return;
    }
    long at = System.nanoTime() - ago;
    if (of != step) {
      step = of;
      since = at;
    } else if (at - since < 0) {
      since = at;
    }
  }

  /** How many nanoseconds ago the first was done, or {@link #NOBODY}. */
  synchronized long ago(long of) {
    return of == step ? System.nanoTime() - since : NOBODY;
  }
}
