package org.espalier.model;

import java.util.Locale;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * How a gradient becomes a step.
 *
 * @param rule the update rule
 * @param learningRate the learning rate as a function of the step
 * @param momentum of {@link Rule#NESTEROV}, in [0, 1)
 * @param weightDecay factor of the L2 gradient {@code weightDecay * weight}, applied to raw weights,
 *     masked ones included; biases have none
 */
public record Optimiser(Rule rule, ISchedule learningRate, double momentum, double weightDecay) {
  /** The update rules. */
  public enum Rule {
    /** Kingma and Ba 2015, with beta1 0.9, beta2 0.999, epsilon 1e-8. */
    ADAM,
    /** Stochastic gradient descent with Nesterov momentum. */
    NESTEROV,
    /** Plain stochastic gradient descent. */
    SGD;

    /** The name in configurations. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  IUpdater updater() {
    return switch (rule) {
      case ADAM -> Adam.builder().learningRateSchedule(learningRate).build();
      case NESTEROV ->
          Nesterovs.builder().learningRateSchedule(learningRate).momentum(momentum).build();
      case SGD -> Sgd.builder().learningRateSchedule(learningRate).build();
    };
  }
}
