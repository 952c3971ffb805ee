package org.espalier.dl4jspark.bench;

import java.time.Duration;
import java.util.function.IntConsumer;
import org.espalier.averaging.footprint.RunFootprint;
import org.espalier.averaging.footprint.RunFootprint.Averaging;
import org.espalier.averaging.footprint.WorkerShape;
import org.espalier.base.Refusal;
import org.espalier.engine.kernel.UpdateRule;
import org.espalier.engine.replica.NetworkSize;

/**
 * What one measurement of averaging rounds is told.
 *
 * @param parameters wanted length of the parameter vector; the network comes as close as its layers
 *     allow
 * @param workers number of logical workers, at least 1
 * @param density fraction of the weights that the mask keeps, in (0, 1]; 1 trains dense
 * @param warmUp time in which rounds are run that are not counted: a JVM compiles a good while
 * @param rounds rounds that are counted, at least 1
 * @param rule how Espalier updates the parameters
 * @param steps of a stretch, in which gradients are averaged after each, at least 1
 */
public record RoundBench(
    int parameters,
    int workers,
    double density,
    Duration warmUp,
    int rounds,
    UpdateRule rule,
    int steps) {
  /** Steps of a worker in a round: averaging every step costs the most. */
  static final int STEPS = 1;

  private static final int WARM_UP_ROUNDS = 5;

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
    if (rounds < 1) {
      throw new Refusal("Cannot measure %d rounds: there must be at least 1.".formatted(rounds));
    }
    if (steps < 1) {
      throw new Refusal(
          "Cannot measure stretches of %d steps: there must be at least 1.".formatted(steps));
    }
    if (warmUp.isNegative()) {
      throw new Refusal(
          "Cannot warm up for %d seconds: it must be at least 0.".formatted(warmUp.toSeconds()));
    }
  }

  /** The memory of Espalier's rounds on executors that run so many tasks at a time each. */
  public RunFootprint footprint(Averaging averaged, int executors, int slots) {
    NetworkSize size =
        NetworkSize.of(
            SyntheticNetwork.of(parameters, rule),
            rule.stateVectors(),
            density < 1 ? NetworkSize.Weights.FEW_APART : NetworkSize.Weights.DENSE,
            SyntheticNetwork.input());
    return new RunFootprint(size, WorkerShape.of(workers, BATCH, executors, slots), averaged, 0);
  }

  /** Runs some rounds again and again until the time for warming up is over. */
  void warmUp(IntConsumer rounds) {
    long start = System.nanoTime();
    do {
      rounds.accept(WARM_UP_ROUNDS);
    } while (System.nanoTime() - start < warmUp.toNanos());
  }
}
