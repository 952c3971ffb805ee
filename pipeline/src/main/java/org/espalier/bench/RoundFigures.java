package org.espalier.bench;

/**
 * Medians over the counted rounds.
 *
 * @param parameters length of the network's parameter vector
 * @param seconds wall time of a round as the driver sees it
 * @param computeSeconds time that the busiest executor's workers spent in their steps
 * @param overheadSeconds what the round took beyond that
 * @param bytesUpPerWorker bytes that a worker handed on, as Spark counts them
 * @param bytesToDriver bytes that the driver received as results, as Spark counts them
 */
public record RoundFigures(
    int parameters,
    double seconds,
    double computeSeconds,
    double overheadSeconds,
    long bytesUpPerWorker,
    long bytesToDriver) {}
