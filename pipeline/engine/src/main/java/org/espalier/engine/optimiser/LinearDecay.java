package org.espalier.engine.optimiser;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that is constant at first and then falls linearly to another at the last step:
 * {@code to + (base - to) * min(1, (steps - t) / (steps - from))} (the schedules of Molchanov et
 * al. 2017, who let it fall to zero and change it once an epoch).
 *
 * @param base learning rate before the fall
 * @param to learning rate after the last step; 0 in networks stored without it
 * @param from step at which it starts to fall; {@code steps} keeps it constant
 * @param steps number of steps of the run
 * @param stair number of steps for which the rate stays what it was at the first of them, at least
 *     1
 */
public record LinearDecay(
    @JsonProperty("base") double base,
    @JsonProperty("to") double to,
    @JsonProperty("from") long from,
    @JsonProperty("steps") long steps,
    @JsonProperty("stair") long stair)
    implements LearningRate {
  private static final long serialVersionUID = 1L;

  @Override
  public double at(long step) {
    long first = step - step % stair;
    return first <= from ? base : to + (base - to) * Math.max(0, steps - first) / (steps - from);
  }
}
