package org.espalier.jobs.bench.scaling;

/** A protocol at work: what averages once, on hosts of which the first are the executors. */
interface Averaging {
  /**
   * Averages.
   *
   * @param computed when each executor has computed
   * @return when each of them has what the next step begins with
   */
  double[] average(double[] computed);

  /** The hosts, with what went over their links. */
  Fabric fabric();

  /** Seconds that follow the last step of a stretch; 0 where there are none. */
  default double betweenStretches() {
    return 0;
  }

  /** Host of the driver, or -1 if no values pass it. */
  default int driver() {
    return -1;
  }

  /** Number of other hosts that an executor speaks with, at most. */
  int peers();
}
