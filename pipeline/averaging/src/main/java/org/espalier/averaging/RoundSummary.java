package org.espalier.averaging;

/**
 * A finished round in figures. Times are wall times in seconds.
 *
 * @param round the round
 * @param weight examples of all workers, or tokens
 * @param loss mean loss over these
 * @param sparsity global sparsity of the masks that the next round trains with
 * @param seconds the whole round, as the driver sees it
 * @param dataSeconds waiting for batches, of the workers that the busiest task carried
 * @param computeSeconds the steps of these workers but for that
 * @param broadcastSeconds until the replicas of the slowest task held vector and masks, and what
 *     the driver took to send them
 * @param reduceSeconds what the slowest task waited for its shards to be taken and summed, and the
 *     driver for the average
 * @param maskSeconds the mask update, 0 if there was none
 * @param bytesUp bytes that all workers handed on
 * @param bytesDown bytes of vectors and masks that executors and driver received
 * @param runAgain how often it was run again because shards were lost
 * @param slowest the worker whose steps took longest
 */
public record RoundSummary(
    Round round,
    long weight,
    double loss,
    double sparsity,
    double seconds,
    double dataSeconds,
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
    return Math.max(
        0, seconds - dataSeconds - computeSeconds - broadcastSeconds - reduceSeconds - maskSeconds);
  }
}
