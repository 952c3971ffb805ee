package org.espalier.dl4jspark.bench;

import java.util.Map;

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
 * @param memoryBefore what the processes held when warm-up was over; empty if it was not looked at
 * @param memoryAfter what they held when all rounds were done
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
    Map<String, MemoryHeld> memoryBefore,
    Map<String, MemoryHeld> memoryAfter) {}
