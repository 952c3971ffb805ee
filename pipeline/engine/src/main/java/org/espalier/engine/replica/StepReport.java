package org.espalier.engine.replica;

/**
 * What a replica says of the steps it ran.
 *
 * @param steps number of steps that it had examples for
 * @param examples number of examples processed
 * @param lossSum loss summed over the examples (mean loss times examples)
 */
public record StepReport(int steps, long examples, double lossSum) {}
