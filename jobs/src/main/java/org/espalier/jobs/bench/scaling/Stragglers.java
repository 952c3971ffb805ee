package org.espalier.jobs.bench.scaling;

import org.espalier.base.Mix64;
import org.espalier.base.Refusal;

/**
 * The spread of compute times: log-normal with mean 1, and now and then a worker that is slow for a
 * step. Every time is a function of seed, worker and step, so all protocols meet the same ones.
 *
 * @param spread standard deviation of the logarithm, at least 0
 * @param slowProbability of a worker's step to be slow, in [0, 1]
 * @param slowFactor how much longer it takes then, at least 1
 * @param seed of the random numbers
 */
record Stragglers(double spread, double slowProbability, double slowFactor, long seed) {
  /** Checks the ranges. */
  Stragglers {
    if (!(spread >= 0 && Double.isFinite(spread))) {
      throw new Refusal("Cannot simulate a spread of %s: it must be at least 0.".formatted(spread));
    }
    if (!(slowProbability >= 0 && slowProbability <= 1)) {
      throw new Refusal(
          "Cannot simulate slow steps with a probability of %s: it must be between 0 and 1."
              .formatted(slowProbability));
    }
    if (!(slowFactor >= 1 && Double.isFinite(slowFactor))) {
      throw new Refusal(
          "Cannot simulate steps that are slow by a factor of %s: it must be at least 1."
              .formatted(slowFactor));
    }
  }

  /** What a step of a worker takes, in undisturbed steps. */
  double factor(int worker, long step) {
    long key = Mix64.key(seed, Mix64.of("straggler"), worker, step);
    double radius = Math.sqrt(-2 * Math.log1p(-Mix64.unit(key, 0)));
    double normal = radius * Math.cos(2 * Math.PI * Mix64.unit(key, 1));
    double usual = Math.exp(spread * normal - spread * spread / 2);
    return Mix64.unit(key, 2) < slowProbability ? slowFactor * usual : usual;
  }
}
