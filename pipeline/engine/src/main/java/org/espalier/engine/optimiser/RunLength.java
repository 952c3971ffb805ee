package org.espalier.engine.optimiser;

/**
 * The length of a run, from which schedules in epochs and decays to the end follow.
 *
 * @param steps of the whole run, at least 1
 * @param stepsPerEpoch training examples over examples per step, with its fraction
 */
public record RunLength(long steps, double stepsPerEpoch) {}
