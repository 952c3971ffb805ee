package org.espalier.engine.optimiser;

import java.util.List;
import org.espalier.base.Refusal;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A piecewise constant learning rate: the base rate up to the first milestone, then the base rate
 * times the factor of the latest milestone.
 *
 * @param base learning rate before the first milestone
 * @param milestones steps at which the rate changes, rising; an epoch need not end with a step
 * @param factors of the base rate, one per milestone
 */
public record StepDecay(
    @JsonProperty("base") double base,
    @JsonProperty("milestones") List<Double> milestones,
    @JsonProperty("factors") List<Double> factors)
    implements LearningRate {
  private static final long serialVersionUID = 1L;

  /** Refuses milestones that do not rise, or without a factor each. */
  public StepDecay {
    if (milestones.size() != factors.size()) {
      throw new Refusal(
          "Cannot change the learning rate at %d milestones by %d factors: give one factor per milestone."
              .formatted(milestones.size(), factors.size()));
    }
    for (int i = 1; i < milestones.size(); i++) {
      if (milestones.get(i) <= milestones.get(i - 1)) {
        throw new Refusal(
            "Cannot change the learning rate at step %s after step %s: milestones must rise."
                .formatted(milestones.get(i), milestones.get(i - 1)));
      }
    }
    milestones = List.copyOf(milestones);
    factors = List.copyOf(factors);
  }

  @Override
  public double at(long step) {
    double factor = 1;
    for (int i = 0; i < milestones.size() && step >= milestones.get(i); i++) {
      factor = factors.get(i);
    }
    return base * factor;
  }
}
