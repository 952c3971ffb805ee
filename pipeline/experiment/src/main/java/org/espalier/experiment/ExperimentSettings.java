package org.espalier.experiment;

import com.typesafe.config.Config;
import org.espalier.base.Refusal;
import org.espalier.base.settings.Settings;
import org.espalier.engine.optimiser.OptimiserKeys;
import org.espalier.tasks.NetworkModel;
import org.espalier.tasks.NetworkModels;

/** The settings of an experiment: a configuration over its network's recipe, checked as a whole. */
final class ExperimentSettings {
  private ExperimentSettings() {}

  /**
   * The settings of a resolved configuration.
   *
   * @throws Refusal if a key is unknown, missing or would be ignored, a value is impossible, or
   *     values contradict each other
   */
  static Settings of(Config config) {
    Settings written = Settings.of(ExperimentKeys.all(), Hocon.written(config));
    NetworkModel network = NetworkModels.named(written.value(ExperimentKeys.NETWORK));
    Settings settings = written.by(network.recipe());
    AveragingKeys.choice().check(settings);
    ExperimentKeys.networks().check(settings);
    OptimiserKeys.check(settings);
    SparsityMethods.check(settings);
    return settings;
  }
}
