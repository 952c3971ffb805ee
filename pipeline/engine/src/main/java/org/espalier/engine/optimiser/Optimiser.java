package org.espalier.engine.optimiser;

import java.util.Locale;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * How a gradient becomes a step.
 *
 * @param rule the update rule
 * @param learningRate the learning rate as a function of the step
 * @param momentum of {@link Rule#NESTEROV}, in [0, 1)
 * @param weightDecay factor of the L2 gradient {@code weightDecay * weight}, applied to raw
 *     weights, masked ones included; biases have none
 */
public record Optimiser(Rule rule, ISchedule learningRate, double momentum, double weightDecay) {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** The update rules. */
  public enum Rule {
    /** Kingma and Ba 2015, with beta1 0.9, beta2 0.999, epsilon 1e-8. */
    ADAM(2),
    /** Stochastic gradient descent with Nesterov momentum. */
    NESTEROV(1),
    /** Plain stochastic gradient descent. */
    SGD(0);

    private final int stateVectors;

    Rule(int stateVectors) {
      this.stateVectors = stateVectors;
    }

    int stateVectors() {
      return stateVectors;
    }

    /** The name in configurations. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The optimiser as DL4J takes it, for every parameter of a graph. */
  public IUpdater updater() {
    return new FlatUpdater(rule, momentum, BETA1, BETA2, EPSILON, learningRate);
  }
}
