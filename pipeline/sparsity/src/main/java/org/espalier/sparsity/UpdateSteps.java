package org.espalier.sparsity;

import java.util.Objects;
import java.util.OptionalLong;
import org.espalier.base.Refusal;

/**
 * After which optimiser steps masks are computed anew.
 *
 * <p>An update is due after step t if begin &lt;= t &lt;= end and t &gt;= last update + frequency,
 * where the last update counts as 0 before the first: the first update is therefore at the larger
 * of begin and frequency, the following ones every {@code frequency} steps. This is the rule of the
 * TensorFlow library behind "The State of Sparsity"; {@link EndRule} says what happens at the end.
 *
 * @param begin first step at which an update may happen, at least 0
 * @param end last step at which an update may happen, at least {@code begin}
 * @param frequency steps from one update to the next, at least 1
 * @param endRule whether {@code end} is an update step even if it is no frequency multiple
 */
public record UpdateSteps(long begin, long end, long frequency, EndRule endRule) {
  /** Refuses steps out of order and a frequency below 1. */
  public UpdateSteps {
    Bounds.requireOrder("mask updates", begin, end);
    if (frequency < 1) {
      throw new Refusal(
          "Cannot update masks every " + frequency + " steps: the frequency must be at least 1.");
    }
    Objects.requireNonNull(endRule, "endRule");
  }

  /** Updates whose last one falls on a frequency multiple, {@link EndRule#LAST_MULTIPLE}. */
  public static UpdateSteps every(long frequency, long begin, long end) {
    return new UpdateSteps(begin, end, frequency, EndRule.LAST_MULTIPLE);
  }

  /** A single update after {@code step}, at least 1, optimiser steps. */
  public static UpdateSteps once(long step) {
    if (step < 1) {
      throw new Refusal(
          "Cannot update masks once at step "
              + step
              + ": updates follow a step, so it must be at least 1.");
    }
    return new UpdateSteps(step, step, 1, EndRule.LAST_MULTIPLE);
  }

  /** Whether masks are updated after {@code step} optimiser steps. */
  public boolean due(long step) {
    if (step > end || step < 1) {
      return false;
    }
    if (step == end && endRule == EndRule.CLAMP_TO_END) {
      return true;
    }
    return step >= first() && (step - first()) % frequency == 0;
  }

  /**
   * The latest update at or before {@code step}, or nothing if there was none yet.
   *
   * <p>A round of averaging that covers the steps after {@code a} up to {@code b} contains an
   * update exactly if {@code lastUpdate(b)} is greater than {@code a}. With the last training step
   * this is the run's last update; the paper's runs stopped before the update of the last training
   * step itself, so for theirs ask for {@code lastUpdate(lastStep - 1)}.
   */
  public OptionalLong lastUpdate(long step) {
    if (step >= end && end >= 1 && endRule == EndRule.CLAMP_TO_END) {
      return OptionalLong.of(end);
    }
    long until = Math.min(step, end);
    return until < first()
        ? OptionalLong.empty()
        : OptionalLong.of(until - (until - first()) % frequency);
  }

  /**
   * Checks that a run of {@code lastStep} steps contains all updates, and at least one.
   *
   * @throws Refusal if updates go on after the last step, or none is ever due
   */
  public void validate(long lastStep) {
    if (end > lastStep) {
      throw new Refusal(
          "Cannot follow "
              + this
              + ": mask updates end at step "
              + end
              + " and training at step "
              + lastStep
              + "; end the updates earlier or train longer.");
    }
    if (lastUpdate(end).isEmpty()) {
      throw new Refusal(
          "Cannot follow "
              + this
              + ": the first mask update would be at step "
              + first()
              + ", after the end; lower the frequency or move the end.");
    }
  }

  private long first() {
    return Math.max(begin, frequency);
  }

  @Override
  public String toString() {
    return "updates(begin="
        + begin
        + ", end="
        + end
        + ", frequency="
        + frequency
        + ", endRule="
        + endRule
        + ")";
  }
}
