package org.espalier.experiment;

import java.util.Optional;
import java.util.SortedMap;
import org.espalier.base.Refusal;
import org.espalier.engine.stochastic.StochasticMethods;
import org.espalier.sparsity.Distribution;
import org.espalier.sparsity.Distributions;
import org.espalier.sparsity.EndRule;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskingMethod;
import org.espalier.sparsity.MaskingMethods;
import org.espalier.sparsity.MaskingMethods.Input;
import org.espalier.sparsity.MaskingSettings;
import org.espalier.sparsity.OverridingDistribution;
import org.espalier.sparsity.PruningPlan;
import org.espalier.sparsity.Selection;
import org.espalier.sparsity.SparsitySchedule;
import org.espalier.sparsity.SparsitySchedules;
import org.espalier.sparsity.UpdateSteps;

/** The {@code sparsity} section of a configuration as a masking method. */
final class SparsitySection {
  private static final String DENSE = "dense";

  private SparsitySection() {}

  /**
   * Checks what can be known without the data.
   *
   * @throws Refusal if the method is unknown, or a key does not go with it
   */
  static void check(Settings settings) {
    requireKnown(settings.value(ExperimentKeys.METHOD));
    StochasticSection.check(settings);
    requireMasksWhereTaken(settings);
    requireTargetWherePruned(settings);
    MethodKeys.check(settings);
  }

  /** The masks of a network whose weights are drawn are dense until it is read. */
  static MaskingMethod method(Settings settings, Optional<MaskSet> masks) {
    String name = settings.value(ExperimentKeys.METHOD);
    MaskingSettings masking = MaskingSettings.seeded(settings.value(ExperimentKeys.SEED));
    if (StochasticSection.isStochastic(settings)) {
      return MaskingMethods.named(DENSE, masking);
    }
    if (takes(Input.PLAN, name)) {
      return MaskingMethods.named(name, masking.withPlan(plan(settings)));
    }
    return MaskingMethods.named(name, masks.map(masking::withMasks).orElse(masking));
  }

  private static boolean takes(Input input, String method) {
    return MaskingMethods.taking(input).contains(method);
  }

  private static void requireMasksWhereTaken(Settings settings) {
    String name = settings.value(ExperimentKeys.METHOD);
    if (!settings.isDefault(ExperimentKeys.MASKS) && !takes(Input.MASKS, name)) {
      throw new Refusal(
          "Cannot use sparsity.masks with sparsity.method = %s: given masks are for the method fixed; remove them or choose it."
              .formatted(name));
    }
  }

  private static void requireTargetWherePruned(Settings settings) {
    String name = settings.value(ExperimentKeys.METHOD);
    double target = settings.value(ExperimentKeys.TARGET);
    if (target > 0 && takes(Input.MASKS, name)) {
      throw new Refusal(
          "Cannot reach sparsity.target = %s with sparsity.method = %s: its sparsity is that of sparsity.masks; remove the target."
              .formatted(target, name));
    }
    if (target > 0 && takes(Input.NONE, name)) {
      throw new Refusal(
          "Cannot reach sparsity.target = %s with sparsity.method = %s: choose a method that prunes, such as magnitude."
              .formatted(target, name));
    }
    if (target == 0 && takes(Input.PLAN, name)) {
      throw new Refusal(
          "Cannot prune with sparsity.method = %s: sparsity.target is 0; set it above 0, or the method to dense."
              .formatted(name));
    }
  }

  private static void requireKnown(String name) {
    if (!MaskingMethods.names().contains(name) && !StochasticMethods.names().contains(name)) {
      throw new Refusal(
          "Cannot use sparsity.method = %s: it is unknown; choose one of %s, %s."
              .formatted(
                  name,
                  String.join(", ", MaskingMethods.names()),
                  String.join(", ", StochasticMethods.names())));
    }
  }

  private static PruningPlan plan(Settings settings) {
    long begin = settings.value(ExperimentKeys.BEGIN);
    long end = settings.value(ExperimentKeys.END);
    EndRule endRule = settings.value(ExperimentKeys.END_RULE);
    SparsitySchedule schedule =
        SparsitySchedules.named(
            settings.value(ExperimentKeys.SCHEDULE),
            begin,
            end,
            settings.value(ExperimentKeys.TARGET));
    UpdateSteps updates =
        new UpdateSteps(begin, end, settings.value(ExperimentKeys.UPDATE_FREQUENCY), endRule);
    return new PruningPlan(schedule, updates, distribution(settings), Selection.exact());
  }

  private static Distribution distribution(Settings settings) {
    Distribution distribution = Distributions.named(settings.value(ExperimentKeys.DISTRIBUTION));
    SortedMap<String, Double> targets = settings.tensorTargets();
    return targets.isEmpty() ? distribution : new OverridingDistribution(distribution, targets);
  }
}
