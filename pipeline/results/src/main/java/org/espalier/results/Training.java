package org.espalier.results;

/**
 * How a network was trained.
 *
 * @param seed the seed of every random number of the run
 * @param workers logical workers W, at least 1
 * @param batch examples per step over all workers, at least 1
 * @param averagingFrequency steps between two averagings, at least 1
 * @param steps optimiser steps of a run that comes to its end, at least 0
 * @param epochs passes over the training set; may be a fraction
 */
public record Training(
    long seed, int workers, int batch, int averagingFrequency, long steps, double epochs) {

  public Training {
    Require.atLeast(1, workers, "a worker count");
    Require.atLeast(1, batch, "a batch");
    Require.atLeast(1, averagingFrequency, "an averaging frequency");
    Require.atLeast(0, steps, "a step count");
    Require.notNegative(epochs, "an epoch count");
  }

  Training withSeed(long other) {
    return new Training(other, workers, batch, averagingFrequency, steps, epochs);
  }
}
