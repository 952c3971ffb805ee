package org.espalier.experiment;

import java.util.List;
import java.util.Optional;
import org.espalier.base.Refusal;
import org.espalier.engine.layer.PenaltySchedule;
import org.espalier.engine.stochastic.StochasticMethod;
import org.espalier.engine.stochastic.StochasticMethods;
import org.espalier.engine.stochastic.StochasticSettings;

/** The {@code sparsity} section of a configuration as a stochastic method. */
final class StochasticSection {
  private StochasticSection() {}

  static boolean isStochastic(Settings settings) {
    return StochasticMethods.names().contains(settings.value(ExperimentKeys.METHOD));
  }

  /**
   * Checks what can be known without the data.
   *
   * @throws Refusal if a target is asked for, or the ramp ends before it begins
   */
  static void check(Settings settings) {
    if (!isStochastic(settings)) {
      return;
    }
    double target = settings.value(ExperimentKeys.TARGET);
    if (target > 0) {
      throw new Refusal(
          "Cannot reach sparsity.target = %s with sparsity.method = %s: its sparsity follows from sparsity.penalty.weight; remove the target."
              .formatted(target, settings.value(ExperimentKeys.METHOD)));
    }
    long begin = settings.value(ExperimentKeys.PENALTY_BEGIN);
    long end = settings.value(ExperimentKeys.PENALTY_END);
    boolean ramps = settings.value(ExperimentKeys.PENALTY_RAMP) != PenaltySchedule.Kind.CONSTANT;
    if (ramps && end <= begin) {
      throw new Refusal(
          "Cannot ramp the penalty up from step %d to step %d: sparsity.penalty.end must lie after sparsity.penalty.begin."
              .formatted(begin, end));
    }
    if (!ramps && !settings.isDefault(ExperimentKeys.PENALTY_STAIR)) {
      throw new Refusal(
          "Cannot use sparsity.penalty.stair = %d with sparsity.penalty.ramp = constant: the weight does not change; choose linear or cubic, or remove it."
              .formatted(settings.value(ExperimentKeys.PENALTY_STAIR)));
    }
    if (!ramps && (begin > 0 || end > 0)) {
      throw new Refusal(
          "Cannot ramp the penalty up from step %d to step %d with sparsity.penalty.ramp = constant: choose linear or cubic, or remove both steps."
              .formatted(begin, end));
    }
  }

  /**
   * The method, or nothing if the configured one holds masks.
   *
   * @param examples of the training split
   * @param steps of the run
   * @throws Refusal if the ramp ends after the run
   */
  static Optional<StochasticMethod> method(Settings settings, long examples, long steps) {
    if (!isStochastic(settings)) {
      return Optional.empty();
    }
    long begin = settings.value(ExperimentKeys.PENALTY_BEGIN);
    long end = settings.value(ExperimentKeys.PENALTY_END);
    if (end > steps) {
      throw new Refusal(
          "Cannot ramp the penalty up until step %d: training ends at step %d; end the ramp earlier or train longer."
              .formatted(end, steps));
    }
    PenaltySchedule penalty =
        new PenaltySchedule(
            settings.value(ExperimentKeys.PENALTY_RAMP),
            settings.value(ExperimentKeys.PENALTY_WEIGHT) / examples,
            begin,
            Math.max(1, end - begin),
            settings.value(ExperimentKeys.PENALTY_STAIR));
    return method(settings, penalty, settings.value(ExperimentKeys.THRESHOLDS));
  }

  /** The method for reading what is trained already, at these thresholds. */
  static Optional<StochasticMethod> reading(Settings settings, List<Double> thresholds) {
    return method(settings, PenaltySchedule.NONE, thresholds);
  }

  private static Optional<StochasticMethod> method(
      Settings settings, PenaltySchedule penalty, List<Double> thresholds) {
    return StochasticMethods.find(
        settings.value(ExperimentKeys.METHOD),
        new StochasticSettings(
            penalty,
            thresholds,
            settings.value(ExperimentKeys.LOG_SIGMA2),
            settings.value(ExperimentKeys.TRAIN_THRESHOLD),
            settings.value(ExperimentKeys.LOG_ALPHA)));
  }
}
