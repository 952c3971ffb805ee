package org.espalier.bench;

import org.espalier.base.Refusal;

/**
 * What one measurement of averaging rounds is told.
 *
 * @param parameters wanted length of the parameter vector; the network comes as close as its layers
 *     allow
 * @param workers number of logical workers, at least 1
 * @param density fraction of the weights that the mask keeps, in (0, 1]; 1 trains dense
 * @param warmUp rounds that are not counted, at least 1
 * @param rounds rounds that are counted, at least 1
 */
public record RoundBench(int parameters, int workers, double density, int warmUp, int rounds) {
  /** Steps of a worker in a round: averaging every step costs the most. */
  static final int STEPS = 1;

  /** Examples of a worker in a step. */
  static final int BATCH = 4;

  /** Checks the ranges. */
  public RoundBench {
    if (parameters < SyntheticNetwork.SMALLEST) {
      throw new Refusal(
          "Cannot measure rounds of %d parameters: there must be at least %d."
              .formatted(parameters, SyntheticNetwork.SMALLEST));
    }
    if (workers < 1) {
      throw new Refusal(
          "Cannot measure rounds of %d workers: there must be at least 1.".formatted(workers));
    }
    if (!(density > 0 && density <= 1)) {
      throw new Refusal(
          "Cannot keep a density of %s: it must be above 0 and at most 1.".formatted(density));
    }
    if (warmUp < 1 || rounds < 1) {
      throw new Refusal(
          "Cannot measure %d rounds after %d of warm-up: both must be at least 1."
              .formatted(rounds, warmUp));
    }
  }

  int allRounds() {
    return warmUp + rounds;
  }
}
