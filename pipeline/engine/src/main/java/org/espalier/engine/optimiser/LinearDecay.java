package org.espalier.engine.optimiser;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that is constant at first and then falls linearly to zero at the last step:
 * {@code base * min(1, (steps - t) / (steps - from))} (the schedules of Molchanov et al. 2017, who
 * change it once an epoch).
 */
public final class LinearDecay implements ISchedule {
  private static final long serialVersionUID = 1L;

  private final double base;
  private final long from;
  private final long steps;
  private final long stair;

  /**
   * The schedule of a run.
   *
   * @param base learning rate before the fall
   * @param from step at which it starts to fall; {@code steps} keeps it constant
   * @param steps number of steps of the run
   * @param stair number of steps for which the rate stays what it was at the first of them, at
   *     least 1
   */
  public LinearDecay(
      @JsonProperty("base") double base,
      @JsonProperty("from") long from,
      @JsonProperty("steps") long steps,
      @JsonProperty("stair") long stair) {
    this.base = base;
    this.from = from;
    this.steps = steps;
    this.stair = stair;
  }

  /** A learning rate that never changes. */
  public static LinearDecay constant(double rate) {
    return new LinearDecay(rate, Long.MAX_VALUE, Long.MAX_VALUE, 1);
  }

  @Override
  public double valueAt(int step, int epoch) {
    long first = step - step % stair;
    return first <= from ? base : base * Math.max(0, steps - first) / (steps - from);
  }

  /** Learning rate before the fall. */
  public double getBase() {
    return base;
  }

  /** Step at which the fall starts. */
  public long getFrom() {
    return from;
  }

  /** Step at which the rate reaches zero. */
  public long getSteps() {
    return steps;
  }

  /** Number of steps between two changes. */
  public long getStair() {
    return stair;
  }

  @Override
  public ISchedule clone() {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearDecay that
        && base == that.base
        && from == that.from
        && steps == that.steps
        && stair == that.stair;
  }

  @Override
  public int hashCode() {
    return Objects.hash(base, from, steps, stair);
  }
}
