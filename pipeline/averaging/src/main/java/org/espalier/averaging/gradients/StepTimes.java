package org.espalier.averaging.gradients;

import java.util.Collection;

/**
 * What the steps of a stretch took at a shard, or at the shards of a process.
 *
 * @param waitNanos from the first task that had computed its gradients to when all were here
 * @param stepNanos the optimiser's step
 */
record StepTimes(long waitNanos, long stepNanos) {
  static final StepTimes NONE = new StepTimes(0, 0);
  private static final double SECONDS = 1e-9;

  /** With those of another step. */
  StepTimes plus(long moreWaitNanos, long moreStepNanos) {
    return new StepTimes(waitNanos + moreWaitNanos, stepNanos + moreStepNanos);
  }

  /** Shards wait at the same time, so theirs is averaged; their steps add up. */
  static StepTimes of(Collection<StepTimes> shards) {
    return new StepTimes(
        Math.round(shards.stream().mapToLong(StepTimes::waitNanos).average().orElse(0)),
        shards.stream().mapToLong(StepTimes::stepNanos).sum());
  }

  double waitSeconds() {
    return waitNanos * SECONDS;
  }

  double stepSeconds() {
    return stepNanos * SECONDS;
  }
}
