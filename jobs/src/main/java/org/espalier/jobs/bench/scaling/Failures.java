package org.espalier.jobs.bench.scaling;

import org.espalier.base.Mix64;
import org.espalier.base.Refusal;

/**
 * Hosts that fail, one independently of the other, and what a run loses by it: the time until it is
 * noticed, the time to begin again, and the work since the last point that it can go on from. A
 * host that failed has a successor by then. The driver does not fail.
 *
 * @param hoursBetween mean hours from one failure of a host to its next
 * @param noticeSeconds until the others know
 * @param restartSeconds to begin again from a checkpoint
 * @param checkpointSeconds from one checkpoint to the next
 * @param seed of the random numbers
 */
record Failures(
    double hoursBetween,
    double noticeSeconds,
    double restartSeconds,
    double checkpointSeconds,
    long seed) {
  private static final double HOUR = 3600;
  private static final int COUNTED = 4000;

  /** Checks the ranges. */
  Failures {
    if (!(hoursBetween > 0)) {
      throw new Refusal(
          "Cannot simulate hosts that fail every %s hours: it must be above 0."
              .formatted(hoursBetween));
    }
    if (!(noticeSeconds >= 0 && Double.isFinite(noticeSeconds))) {
      throw new Refusal(
          "Cannot simulate failures that are noticed after %s s: it must be at least 0."
              .formatted(noticeSeconds));
    }
    if (!(restartSeconds >= 0 && Double.isFinite(restartSeconds))) {
      throw new Refusal(
          "Cannot simulate restarts that take %s s: it must be at least 0."
              .formatted(restartSeconds));
    }
    if (!(checkpointSeconds > 0 && Double.isFinite(checkpointSeconds))) {
      throw new Refusal(
          "Cannot simulate a checkpoint every %s s: it must be above 0."
              .formatted(checkpointSeconds));
    }
  }

  /**
   * How a protocol goes on after a failure.
   *
   * @param hosts that may fail
   * @param interval seconds of work from one point that it can go on from to the next
   * @param recovery seconds until it goes on, once it has noticed
   * @param alwaysFatal fraction of failures after which only a checkpoint helps
   * @param fatalInSuccession fraction of those that hit within the same interval as the one before
   */
  record Recovery(
      int hosts, double interval, double recovery, double alwaysFatal, double fatalInSuccession) {
    /** A protocol that nothing but a checkpoint helps. */
    static Recovery byCheckpoint(int hosts) {
      return new Recovery(hosts, 1, 0, 1, 1);
    }
  }

  /** Seconds of an hour that a run loses, in the mean over some thousand failures. */
  double lostPerHour(Recovery protocol) {
    double mean = hoursBetween * HOUR / protocol.hosts;
    double elapsed = 0;
    double useful = 0;
    double pending = 0;
    for (int failure = 0; failure < COUNTED; failure++) {
      long key = Mix64.key(seed, Mix64.of("failure"), failure);
      double gap = -mean * Math.log1p(-Mix64.unit(key, 0));
      double fatal =
          gap < pending + protocol.interval
              ? Math.max(protocol.alwaysFatal, protocol.fatalInSuccession)
              : protocol.alwaysFatal;
      boolean checkpoint = Mix64.unit(key, 1) < fatal;
      elapsed += gap;
      useful += Math.max(0, gap - pending);
      useful = lastPoint(useful, checkpoint ? checkpointSeconds : protocol.interval);
      pending = noticeSeconds + (checkpoint ? restartSeconds : protocol.recovery);
    }
    return HOUR * (1 - useful / elapsed);
  }

  private static double lastPoint(double useful, double interval) {
    return Math.floor(useful / interval) * interval;
  }
}
