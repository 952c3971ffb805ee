package org.espalier.dl4jspark.bench;

import java.util.List;

/**
 * Medians over the counted rounds.
 *
 * @param parameters length of the network's parameter vector
 * @param seconds wall time of a round as the driver sees it
 * @param computeSeconds time that the busiest executor's workers spent in their steps
 * @param overheadSeconds what the round took beyond that
 * @param bytesUpPerWorker bytes that a worker handed on
 * @param executors number of processes that carry workers
 * @param bytesPerExecutor bytes that an executor sent to others, in the mean; what it handed to
 *     itself counts where parameters are averaged
 * @param bytesToDriver bytes of vectors and of task results that the driver received
 * @param phases where the time of all counted rounds went, in words; empty if that is not known
 * @param memory of the processes, from the end of warm-up on until the run was given up; empty if
 *     it was not looked at
 */
public record RoundFigures(
    int parameters,
    double seconds,
    double computeSeconds,
    double overheadSeconds,
    long bytesUpPerWorker,
    int executors,
    long bytesPerExecutor,
    long bytesToDriver,
    String phases,
    List<MemorySample> memory) {}
