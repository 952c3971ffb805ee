package org.espalier.engine.optimiser;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A schedule times a factor that rises linearly from 0 to 1: {@code min(1, t / steps) * after(t)}.
 * The first step of all has rate 0.
 *
 * @param steps length of the rise, above 0; an epoch need not end with a step
 * @param after the schedule, which counts from the first step of the run as well
 */
public record WarmUp(@JsonProperty("steps") double steps, @JsonProperty("after") LearningRate after)
    implements LearningRate {
  private static final long serialVersionUID = 1L;

  @Override
  public double at(long step) {
    return Math.min(1, step / steps) * after.at(step);
  }
}
