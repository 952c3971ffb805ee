package org.espalier.averaging;

/**
 * A finished round in figures.
 *
 * @param round the round
 * @param examples examples of all workers
 * @param loss mean loss over these examples
 * @param sparsity global sparsity of the masks that the next round trains with
 * @param seconds wall time of the whole round, as the driver sees it
 * @param slowestWorkerSeconds wall time of the slowest worker's steps
 * @param computeSeconds wall time of all workers' steps, shared out over the task slots that ran
 *     them
 * @param maskSeconds wall time of the mask update, 0 if there was none
 */
public record RoundSummary(
    Round round,
    long examples,
    double loss,
    double sparsity,
    double seconds,
    double slowestWorkerSeconds,
    double computeSeconds,
    double maskSeconds) {}
