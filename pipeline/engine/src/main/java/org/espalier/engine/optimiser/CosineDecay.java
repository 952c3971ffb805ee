package org.espalier.engine.optimiser;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that falls along half a cosine to zero at the last step: {@code base * (1 +
 * cos(pi t / steps)) / 2} (Loshchilov and Hutter 2017, without restarts).
 *
 * @param base learning rate of the first step
 * @param steps number of steps of the run, at least 1
 */
public record CosineDecay(@JsonProperty("base") double base, @JsonProperty("steps") long steps)
    implements LearningRate {
  private static final long serialVersionUID = 1L;

  @Override
  public double at(long step) {
    double progress = Math.min(1, (double) step / steps);
    return base * (1 + Math.cos(Math.PI * progress)) / 2;
  }
}
