package org.espalier.experiment;

import org.espalier.base.Refusal;
import org.espalier.engine.optimiser.LinearDecay;
import org.espalier.engine.optimiser.Optimiser;

/** The {@code optimiser} section of a configuration. */
final class OptimiserSection {
  private OptimiserSection() {}

  /**
   * Checks that every key which differs from its default means something.
   *
   * @throws Refusal if one would be ignored
   */
  static void check(Settings settings) {
    Optimiser.Rule rule = settings.value(ExperimentKeys.RULE);
    if (rule != Optimiser.Rule.NESTEROV && !settings.isDefault(ExperimentKeys.MOMENTUM)) {
      throw new Refusal(
          "Cannot use optimiser.momentum with optimiser.rule = %s: it is a setting of nesterov; remove it."
              .formatted(rule));
    }
    if (settings.value(ExperimentKeys.DECAY_FROM) == 1
        && !settings.isDefault(ExperimentKeys.DECAY_STAIR)) {
      throw new Refusal(
          "Cannot use optimiser.decayStair = %d with optimiser.decayFrom = 1: the learning rate does not fall; set decayFrom below 1, or remove it."
              .formatted(settings.value(ExperimentKeys.DECAY_STAIR)));
    }
  }

  /** The optimiser with its learning rate over a run of so many steps. */
  static Optimiser optimiser(Settings settings, long steps) {
    double from = settings.value(ExperimentKeys.DECAY_FROM);
    return new Optimiser(
        settings.value(ExperimentKeys.RULE),
        new LinearDecay(
            settings.value(ExperimentKeys.LEARNING_RATE),
            Math.round(from * steps),
            steps,
            settings.value(ExperimentKeys.DECAY_STAIR)),
        settings.value(ExperimentKeys.MOMENTUM),
        settings.value(ExperimentKeys.WEIGHT_DECAY));
  }
}
