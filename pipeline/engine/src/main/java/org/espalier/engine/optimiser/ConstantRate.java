package org.espalier.engine.optimiser;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that never changes.
 *
 * @param rate at every step
 */
public record ConstantRate(@JsonProperty("rate") double rate) implements LearningRate {
  private static final long serialVersionUID = 1L;

  @Override
  public double at(long step) {
    return rate;
  }
}
