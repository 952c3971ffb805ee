package org.espalier.sparsity;

import java.util.List;
import java.util.SortedMap;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.KeyFamily;
import org.espalier.base.settings.Keys;
import org.espalier.base.settings.Settings;
import org.espalier.base.settings.ValueKind;

/** The keys of a {@link PruningPlan}: how sparse, when, shared out how. */
public final class PruningKeys {
  /** Final sparsity. */
  public static final Key<Double> TARGET =
      Key.of(
          "sparsity.target",
          ValueKind.number("of at least 0 and below 1", x -> x >= 0 && x < 1),
          "0",
          "fraction of weights that are zero at the end");

  static final Key<String> SCHEDULE =
      Key.of(
          "sparsity.schedule",
          ValueKind.text(),
          "cubic",
          "how sparsity grows: " + String.join(", ", SparsitySchedules.names()));
  static final Key<String> DISTRIBUTION =
      Key.of(
          "sparsity.distribution",
          ValueKind.text(),
          "uniform",
          "how sparsity is shared out: " + String.join(", ", Distributions.names()));
  static final Key<Long> BEGIN =
      Key.of("sparsity.begin", ValueKind.wholeNumber(0), "0", "step at which pruning begins");

  /** Step at which the target is reached. */
  public static final Key<Long> END =
      Key.of(
          "sparsity.end",
          ValueKind.wholeNumber(0),
          "0",
          "step at which the target is reached, at most the last step");

  static final Key<Long> FREQUENCY =
      Key.of(
          "sparsity.frequency", ValueKind.wholeNumber(1), "100", "steps between two mask updates");
  static final Key<EndRule> END_RULE =
      Key.of(
          "sparsity.endRule",
          ValueKind.choice(List.of(EndRule.values())),
          "lastMultiple",
          "lastMultiple (as in the paper) or clampToEnd: whether the last mask update may fall on the end itself");

  /** Final sparsities by tensor: {@code sparsity.tensors."fc3/W" = 0.8}. */
  static final KeyFamily<Double> TENSOR_TARGETS =
      new KeyFamily<>(
          "sparsity.tensors",
          "NAME",
          TARGET.kind(),
          "target of one tensor, such as \"fc3/W\" = 0; 0 keeps it dense");

  private static final Keys ALL =
      Keys.of(TARGET, SCHEDULE, DISTRIBUTION, TENSOR_TARGETS, BEGIN, END, FREQUENCY, END_RULE);

  private PruningKeys() {}

  /** All of them, in reading order. */
  public static Keys all() {
    return ALL;
  }

  /**
   * The plan that a configuration describes, with exact selection.
   *
   * @throws Refusal if a name is unknown or steps are out of order
   */
  public static PruningPlan plan(Settings settings) {
    long begin = settings.value(BEGIN);
    long end = settings.value(END);
    SparsitySchedule schedule =
        SparsitySchedules.named(settings.value(SCHEDULE), begin, end, settings.value(TARGET));
    return new PruningPlan(schedule, updates(settings), distribution(settings), Selection.exact());
  }

  static UpdateSteps updates(Settings settings) {
    return new UpdateSteps(
        settings.value(BEGIN),
        settings.value(END),
        settings.value(FREQUENCY),
        settings.value(END_RULE));
  }

  static Distribution distribution(Settings settings) {
    Distribution distribution = Distributions.named(settings.value(DISTRIBUTION));
    SortedMap<String, Double> targets = settings.members(TENSOR_TARGETS);
    return targets.isEmpty() ? distribution : new OverridingDistribution(distribution, targets);
  }

  static void requireTarget(String method, Settings settings) {
    if (settings.value(TARGET) == 0) {
      throw new Refusal(
          "Cannot prune with sparsity.method = %s: sparsity.target is 0; set it above 0, or the method to dense."
              .formatted(method));
    }
  }
}
