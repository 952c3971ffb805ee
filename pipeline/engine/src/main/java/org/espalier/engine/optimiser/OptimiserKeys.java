package org.espalier.engine.optimiser;

import org.espalier.base.settings.Key;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;

/** The {@code optimiser} section of a configuration. */
public final class OptimiserKeys {
  /** The update rule's name. */
  public static final Key<String> RULE = UpdateRules.KEY;

  /** Learning rate before any decay. */
  public static final Key<Double> LEARNING_RATE = LearningRates.BASE;

  /** The name of the learning rate's schedule. */
  public static final Key<String> SCHEDULE = LearningRates.KEY;

  /** Length of the warm-up, in steps or epochs. */
  public static final Key<?> WARM_UP = LearningRates.WARM_UP;

  /** Steps or epochs at which a piecewise learning rate changes. */
  public static final Key<?> MILESTONES = LearningRates.MILESTONES;

  /** What a piecewise learning rate is multiplied by. */
  public static final Key<?> FACTORS = LearningRates.FACTORS;

  /** Nesterov momentum. */
  public static final Key<Double> MOMENTUM = UpdateRules.MOMENTUM;

  /** Adam's decay of the first moment. */
  public static final Key<Double> BETA1 = UpdateRules.BETA1;

  /** Adam's decay of the second moment. */
  public static final Key<Double> BETA2 = UpdateRules.BETA2;

  /** What Adam adds to the root of the second moment. */
  public static final Key<Double> EPSILON = UpdateRules.EPSILON;

  /** Factor of the L2 gradient. */
  public static final Key<Double> WEIGHT_DECAY =
      Key.of(
          "optimiser.weightDecay",
          ValueKind.number("of at least 0", x -> x >= 0 && x < 1e6),
          "0",
          "L2 factor on raw weights, masked ones included");

  private static final Keys ALL =
      UpdateRules.CHOICE
          .keys()
          .and(LEARNING_RATE)
          .and(LearningRates.CHOICE.keys())
          .and(WARM_UP, WEIGHT_DECAY);

  private OptimiserKeys() {}

  /** All of them, in reading order. */
  public static Keys all() {
    return ALL;
  }

  /**
   * Checks what can be known without the data.
   *
   * @throws org.espalier.base.Refusal if a setting would be ignored
   */
  public static void check(Settings settings) {
    UpdateRules.CHOICE.check(settings);
    LearningRates.CHOICE.check(settings);
  }

  /**
   * The optimiser of a configuration.
   *
   * @throws org.espalier.base.Refusal if the learning rate's schedule does not fit the run
   */
  public static Optimiser optimiser(Settings settings, RunLength run) {
    return new Optimiser(
        UpdateRules.CHOICE.chosen(settings).maker().apply(settings),
        LearningRates.of(settings, run),
        settings.value(WEIGHT_DECAY));
  }
}
