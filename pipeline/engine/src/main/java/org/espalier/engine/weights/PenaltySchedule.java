package org.espalier.engine.weights;

import java.util.Locale;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The factor of a KL divergence or of an expected number of open gates as a function of the global
 * step (the paper, appendix D; the cubic one as in its released code). With {@code x = clip((step -
 * start) / duration, 0, 1)} it is {@code weight} at every step, {@code weight x}, or an average
 * with decay 0.9 over the steps, begun at 0, of {@code weight (1 - (1 - x)^3)}.
 *
 * @param kind the form of the ramp
 * @param weight the factor when the ramp is over, such as one over the number of examples
 * @param start step at which the ramp begins
 * @param duration number of steps of the ramp, at least 1
 * @param stair number of steps for which the factor stays what it was at the first of them, at
 *     least 1; an epoch's steps make it a function of the epoch
 */
public record PenaltySchedule(
    @JsonProperty("kind") Kind kind,
    @JsonProperty("weight") double weight,
    @JsonProperty("start") long start,
    @JsonProperty("duration") long duration,
    @JsonProperty("stair") long stair)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** No penalty. */
  public static final PenaltySchedule NONE = constant(0);

  private static final double DECAY = 0.9;

  /** After as many steps the average has forgotten more than a double can hold. */
  private static final int MEMORY = 400;

  /** The forms of a ramp. */
  public enum Kind {
    /** No ramp. */
    CONSTANT,
    /** A straight line. */
    LINEAR,
    /** Steep at first, averaged. */
    CUBIC;

    /** The name in configurations. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A schedule.
   *
   * @throws IllegalArgumentException if the weight is negative, or the ramp or a stair has no step
   */
  @JsonCreator
  public PenaltySchedule {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "Cannot weigh a penalty by %s: the weight must be a number of at least 0."
              .formatted(weight));
    }
    if (start < 0 || duration < 1) {
      throw new IllegalArgumentException(
          "Cannot ramp a penalty up from step %d over %d steps: it must begin at 0 or later and last at least 1 step."
              .formatted(start, duration));
    }
    if (stair < 1) {
      throw new IllegalArgumentException(
          "Cannot ramp a penalty up in stairs of %s steps: a stair lasts at least 1 step."
              .formatted(stair));
    }
  }

  /** The same weight at every step. */
  public static PenaltySchedule constant(double weight) {
    return new PenaltySchedule(Kind.CONSTANT, weight, 0, 1, 1);
  }

  /** A straight ramp. */
  public static PenaltySchedule linear(double weight, long start, long duration) {
    return new PenaltySchedule(Kind.LINEAR, weight, start, duration, 1);
  }

  /** A cubic ramp. */
  public static PenaltySchedule cubic(double weight, long start, long duration) {
    return new PenaltySchedule(Kind.CUBIC, weight, start, duration, 1);
  }

  /** This schedule, changing at multiples of {@code steps} only. */
  public PenaltySchedule inStairsOf(long steps) {
    return new PenaltySchedule(kind, weight, start, duration, steps);
  }

  /** The factor at a step, from 0. */
  public double at(long step) {
    long first = step - step % stair;
    return switch (kind) {
      case CONSTANT -> weight;
      case LINEAR -> weight * fraction(first);
      case CUBIC -> averaged(first);
    };
  }

  /** For people, such as {@code 1.67e-05, linear over steps 3000 to 12000 in stairs of 600}. */
  @Override
  public String toString() {
    String weighed = String.format(Locale.ROOT, "%.3g", weight);
    if (kind == Kind.CONSTANT) {
      return weighed;
    }
    String ramp = "%s, %s over steps %d to %d".formatted(weighed, kind, start, start + duration);
    return stair == 1 ? ramp : ramp + " in stairs of " + stair;
  }

  private double averaged(long step) {
    double sum = 0;
    double share = 1 - DECAY;
    for (long t = step; t > Math.max(start, step - MEMORY); t--) {
      double left = 1 - fraction(t);
      sum += share * weight * (1 - left * left * left);
      share *= DECAY;
    }
    return sum;
  }

  private double fraction(long step) {
    return Math.min(1, Math.max(0, (double) (step - start) / duration));
  }
}
