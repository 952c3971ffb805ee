package org.espalier.averaging;

import org.espalier.engine.tensor.MultiplyAdds;

/**
 * A finished round in figures.
 *
 * @param round the round
 * @param weight examples of all workers, or tokens
 * @param loss mean loss over these
 * @param sparsity global sparsity of the masks that the next round trains with
 * @param seconds wall time of the whole round, as the driver sees it
 * @param phases where it went
 * @param bytesUp bytes that all workers handed on
 * @param bytesDown bytes of vectors and masks that executors and driver received
 * @param multiplyAdds those of all workers
 * @param runAgain how often it was run again because shards were lost
 * @param slowest the worker whose steps took longest
 */
public record RoundSummary(
    Round round,
    long weight,
    double loss,
    double sparsity,
    double seconds,
    RoundPhases phases,
    long bytesUp,
    long bytesDown,
    MultiplyAdds multiplyAdds,
    int runAgain,
    WorkerReport slowest) {

  /** What is left of the round: starting tasks and waiting for them, in seconds. */
  public double scheduleSeconds() {
    return Math.max(0, seconds - phases.sum());
  }
}
