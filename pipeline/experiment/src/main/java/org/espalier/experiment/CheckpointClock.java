package org.espalier.experiment;

import java.time.Duration;

/** Says when the next checkpoint is due. Used by one thread. */
final class CheckpointClock {
  private final Duration every;
  private long last = System.nanoTime();

  CheckpointClock(Duration every) {
    this.every = every;
  }

  /** Whether the time is up; asking so begins the next interval. */
  boolean isDue() {
    long now = System.nanoTime();
    if (now - last < every.toNanos()) {
      return false;
    }
    last = now;
    return true;
  }
}
