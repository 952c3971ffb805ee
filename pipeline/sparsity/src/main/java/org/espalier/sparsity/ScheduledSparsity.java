package org.espalier.sparsity;

/**
 * Where a schedule stands: the sparsity that is due now and the one it leads to.
 *
 * @param now in [0, 1)
 * @param last final sparsity of the schedule, at least {@code now}
 */
public record ScheduledSparsity(double now, double last) {
  /** Where {@code schedule} stands after {@code step} optimiser steps. */
  public static ScheduledSparsity of(SparsitySchedule schedule, long step) {
    return new ScheduledSparsity(schedule.sparsityAt(step), schedule.finalSparsity());
  }

  /** {@code now / last}: how far the schedule has come, in [0, 1]; 0 if it leads nowhere. */
  public double progress() {
    return last == 0 ? 0 : now / last;
  }
}
