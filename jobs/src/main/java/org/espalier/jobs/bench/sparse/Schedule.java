package org.espalier.jobs.bench.sparse;

import org.espalier.base.Refusal;

/**
 * The time that measuring takes.
 *
 * @param turns of all ways to compute a layer
 * @param turnMilliseconds that each way runs in a turn
 * @param warmUpSeconds in which a layer's turns do not count yet
 */
record Schedule(int turns, int turnMilliseconds, int warmUpSeconds) {
  private static final long NANOSECONDS_OF_MILLISECOND = 1_000_000;
  private static final long NANOSECONDS_OF_SECOND = 1_000_000_000;

  Schedule {
    if (turns < 1 || turnMilliseconds < 1 || warmUpSeconds < 0) {
      throw new Refusal(
          "Cannot measure %d turns of %d ms after %d s of warm-up: the first two must be at least 1 and the last not negative."
              .formatted(turns, turnMilliseconds, warmUpSeconds));
    }
  }

  long turnNanoseconds() {
    return turnMilliseconds * NANOSECONDS_OF_MILLISECOND;
  }

  long warmUpNanoseconds() {
    return warmUpSeconds * NANOSECONDS_OF_SECOND;
  }
}
