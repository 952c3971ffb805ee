package org.espalier.engine.optimiser;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonSubTypes;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** A learning rate as a function of the step. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "schedule")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ConstantRate.class, name = "constant"),
  @JsonSubTypes.Type(value = LinearDecay.class, name = "linear"),
  @JsonSubTypes.Type(value = StepDecay.class, name = "piecewise"),
  @JsonSubTypes.Type(value = CosineDecay.class, name = "cosine"),
  @JsonSubTypes.Type(value = ReciprocalRootDecay.class, name = "rsqrt"),
  @JsonSubTypes.Type(value = WarmUp.class, name = "warmup")
})
public sealed interface LearningRate extends Serializable
    permits ConstantRate, LinearDecay, StepDecay, CosineDecay, ReciprocalRootDecay, WarmUp {
  /**
   * The rate of a step.
   *
   * @param step number of steps before it, from 0
   */
  double at(long step);
}
