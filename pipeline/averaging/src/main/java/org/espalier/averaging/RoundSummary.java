package org.espalier.averaging;

/**
 * A finished round in figures. Times are wall times in seconds.
 *
 * @param round the round
 * @param examples examples of all workers
 * @param loss mean loss over these examples
 * @param sparsity global sparsity of the masks that the next round trains with
 * @param seconds the whole round, as the driver sees it
 * @param computeSeconds the steps of the workers that the busiest task carried
 * @param broadcastSeconds until the replicas of the slowest task held vector and masks, and what
 *     the driver took to send them
 * @param reduceSeconds what the slowest task waited for its slices to land and be summed, and the
 *     driver for the average
 * @param maskSeconds the mask update, 0 if there was none
 * @param bytesUp bytes that all workers handed on
 * @param bytesDown bytes of vectors and masks that executors and driver received
 * @param runAgain how often it was run again because slices were lost
 * @param slowest the worker whose steps took longest
 */
public record RoundSummary(
    Round round,
    long examples,
    double loss,
    double sparsity,
    double seconds,
    double computeSeconds,
    double broadcastSeconds,
    double reduceSeconds,
    double maskSeconds,
    long bytesUp,
    long bytesDown,
    int runAgain,
    WorkerReport slowest) {

  /** What is left of the round: starting tasks and waiting for them. */
  public double scheduleSeconds() {
    return Math.max(0, seconds - computeSeconds - broadcastSeconds - reduceSeconds - maskSeconds);
  }
}
