package org.espalier.engine.replica;

/**
 * The report of a replica on the steps that it ran.
 *
 * @param steps number of steps that it had examples for
 * @param weight number of examples that its losses were means over, or of positions that counted in
 *     sequences (tokens): what the vectors of workers are weighed by
 * @param lossSum loss summed over these (mean loss times weight)
 */
public record StepReport(int steps, long weight, double lossSum) {}
