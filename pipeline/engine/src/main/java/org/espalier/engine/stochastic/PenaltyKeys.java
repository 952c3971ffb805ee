package org.espalier.engine.stochastic;

import java.util.List;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;
import org.espalier.engine.weights.PenaltySchedule;

/** The keys of a penalty's weight and of its ramp. */
public final class PenaltyKeys {
  /** The weight when the ramp is over, in units of one over the number of training examples. */
  public static final Key<Double> WEIGHT =
      Key.of(
          "sparsity.penalty.weight",
          ValueKind.number("of at least 0", x -> x >= 0 && x < 1e9),
          "1",
          "that weight in the end, in units of one over the number of training examples");

  static final Key<Long> EXAMPLES =
      Key.of(
          "sparsity.penalty.examples",
          ValueKind.wholeNumber(0),
          "0",
          "training examples of that unit, for rows that hold several; 0: rows of the training split");

  static final Key<PenaltySchedule.Kind> RAMP =
      Key.of(
          "sparsity.penalty.ramp",
          ValueKind.choice(List.of(PenaltySchedule.Kind.values())),
          "constant",
          "how the weight of the KL divergence or of the L0 norm grows: constant, linear or cubic");
  static final Key<Long> BEGIN =
      Key.of(
          "sparsity.penalty.begin", ValueKind.wholeNumber(0), "0", "step at which its ramp begins");
  static final Key<Long> END =
      Key.of("sparsity.penalty.end", ValueKind.wholeNumber(0), "0", "step at which its ramp ends");
  static final Key<Long> STAIR =
      Key.of(
          "sparsity.penalty.stair",
          ValueKind.wholeNumber(1),
          "1",
          "steps for which it stays the same");

  private static final Keys ALL = Keys.of(RAMP, WEIGHT, EXAMPLES, BEGIN, END, STAIR);

  private PenaltyKeys() {}

  /** All of them, in reading order. */
  public static Keys all() {
    return ALL;
  }

  /** Refuses a ramp that ends before it begins, and settings of a ramp where there is none. */
  static void check(Settings settings) {
    long begin = settings.value(BEGIN);
    long end = settings.value(END);
    boolean ramps = settings.value(RAMP) != PenaltySchedule.Kind.CONSTANT;
    if (ramps && end <= begin) {
      throw new Refusal(
          "Cannot ramp the penalty up from step %d to step %d: sparsity.penalty.end must lie after sparsity.penalty.begin."
              .formatted(begin, end));
    }
    if (!ramps && STAIR.isGiven(settings)) {
      throw new Refusal(
          "Cannot use sparsity.penalty.stair = %d with sparsity.penalty.ramp = constant: the weight does not change; choose linear or cubic, or remove it."
              .formatted(settings.value(STAIR)));
    }
    if (!ramps && (begin > 0 || end > 0)) {
      throw new Refusal(
          "Cannot ramp the penalty up from step %d to step %d with sparsity.penalty.ramp = constant: choose linear or cubic, or remove both steps."
              .formatted(begin, end));
    }
  }

  /**
   * The penalty's weight by step.
   *
   * @param rows of the training split
   * @param steps of the run
   * @throws Refusal if the ramp ends after the run
   */
  public static PenaltySchedule penalty(Settings settings, long rows, long steps) {
    long begin = settings.value(BEGIN);
    long end = settings.value(END);
    if (end > steps) {
      throw new Refusal(
          "Cannot ramp the penalty up until step %d: training ends at step %d; end the ramp earlier or train longer."
              .formatted(end, steps));
    }
    long examples = settings.value(EXAMPLES) == 0 ? rows : settings.value(EXAMPLES);
    return new PenaltySchedule(
        settings.value(RAMP),
        settings.value(WEIGHT) / examples,
        begin,
        Math.max(1, end - begin),
        settings.value(STAIR));
  }
}
