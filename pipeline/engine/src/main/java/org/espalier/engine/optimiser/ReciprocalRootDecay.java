package org.espalier.engine.optimiser;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that falls with the reciprocal square root of the step: {@code base / sqrt(max(t,
 * from))}. Behind a warm-up of {@code from} steps, and with {@code base = 2 / sqrt(512)}, it is the
 * Transformer's of the paper, section 4.1 (Vaswani et al. 2017, section 5.3).
 *
 * @param base learning rate times the square root of the step
 * @param from step up to which the rate is constant, at least 1
 */
public record ReciprocalRootDecay(
    @JsonProperty("base") double base, @JsonProperty("from") double from) implements LearningRate {
  private static final long serialVersionUID = 1L;

  @Override
  public double at(long step) {
    return base / Math.sqrt(Math.max((double) step, from));
  }
}
