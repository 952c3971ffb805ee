package org.espalier.experiment;

import java.util.List;
import java.util.Map;
import org.espalier.base.settings.Key;
import org.espalier.base.settings.Settings;
import org.espalier.engine.stochastic.PenaltyKeys;
import org.espalier.engine.stochastic.VariationalDropout;
import org.espalier.sparsity.MaskedGradient;
import org.espalier.sparsity.PruningKeys;
import org.espalier.tasks.TrainingKeys;

/** The settings, other than defaults, that no column of the results has. */
final class Knobs {
  private static final List<Key<?>> IN_COLUMNS =
      List.of(
          ExperimentKeys.DATA,
          ExperimentKeys.NETWORK,
          ExperimentKeys.SEED,
          ExperimentKeys.WORKERS,
          TrainingKeys.BATCH,
          TrainingKeys.EPOCHS,
          TrainingKeys.STEPS,
          AveragingKeys.FREQUENCY,
          ExperimentKeys.METHOD,
          PruningKeys.TARGET,
          MaskedGradient.KEY,
          VariationalDropout.THRESHOLDS);

  private Knobs() {}

  /** By path; of a stochastic method also the penalty's weight, on which its sparsity depends. */
  static Map<String, String> of(Settings settings, TrainingPlan plan) {
    Map<String, String> knobs = settings.different();
    if (plan.stochastic().isPresent()) {
      knobs.put(PenaltyKeys.WEIGHT.path(), String.valueOf(settings.value(PenaltyKeys.WEIGHT)));
    }
    IN_COLUMNS.forEach(key -> knobs.remove(key.path()));
    return knobs;
  }
}
