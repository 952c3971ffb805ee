package org.espalier.experiment;

import java.util.List;
import java.util.stream.Stream;
import org.espalier.base.Refusal;
import org.espalier.engine.stochastic.L0Regularisation;
import org.espalier.engine.stochastic.StochasticMethods;
import org.espalier.engine.stochastic.VariationalDropout;
import org.espalier.sparsity.MaskingMethods;
import org.espalier.sparsity.MaskingMethods.Input;

/** Which keys of the {@code sparsity} section belong to which methods. */
final class MethodKeys {
  private static final List<String> PRUNING = MaskingMethods.taking(Input.PLAN);
  private static final List<String> MASKED =
      Stream.concat(PRUNING.stream(), MaskingMethods.taking(Input.MASKS).stream()).toList();
  private static final List<String> DRAWN = StochasticMethods.names();
  private static final List<String> VARIATIONAL = List.of(VariationalDropout.NAME);
  private static final List<Own> OWN =
      List.of(
          new Own(ExperimentKeys.SCHEDULE, PRUNING),
          new Own(ExperimentKeys.DISTRIBUTION, PRUNING),
          new Own(ExperimentKeys.BEGIN, PRUNING),
          new Own(ExperimentKeys.END, PRUNING),
          new Own(ExperimentKeys.UPDATE_FREQUENCY, PRUNING),
          new Own(ExperimentKeys.END_RULE, PRUNING),
          new Own(ExperimentKeys.MASKED_GRADIENT, MASKED),
          new Own(ExperimentKeys.PENALTY_RAMP, DRAWN),
          new Own(ExperimentKeys.PENALTY_WEIGHT, DRAWN),
          new Own(ExperimentKeys.PENALTY_BEGIN, DRAWN),
          new Own(ExperimentKeys.PENALTY_END, DRAWN),
          new Own(ExperimentKeys.PENALTY_STAIR, DRAWN),
          new Own(ExperimentKeys.THRESHOLDS, VARIATIONAL),
          new Own(ExperimentKeys.LOG_SIGMA2, VARIATIONAL),
          new Own(ExperimentKeys.TRAIN_THRESHOLD, VARIATIONAL),
          new Own(ExperimentKeys.LOG_ALPHA, List.of(L0Regularisation.NAME)));

  /** A key, and the methods that it is a setting of. */
  private record Own(Key<?> key, List<String> methods) {}

  private MethodKeys() {}

  /**
   * Checks that every key which differs from its default means something to the method.
   *
   * @throws Refusal if one belongs to other methods
   */
  static void check(Settings settings) {
    String method = settings.value(ExperimentKeys.METHOD);
    for (Own own : OWN) {
      if (!settings.isDefault(own.key())) {
        requireAmong(own.methods(), method, own.key().path());
      }
    }
    if (!settings.tensorTargets().isEmpty()) {
      requireAmong(PRUNING, method, ExperimentKeys.TENSOR_TARGETS);
    }
  }

  private static void requireAmong(List<String> methods, String method, String path) {
    if (!methods.contains(method)) {
      throw new Refusal(
          "Cannot use %s with sparsity.method = %s: it is a setting of %s; remove it."
              .formatted(path, method, enumerated(methods)));
    }
  }

  private static String enumerated(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
