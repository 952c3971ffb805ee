package org.espalier.jobs.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.experiment.Experiment;

/**
 * Experiments that a configuration lists: what they have in common stands under {@code experiment},
 * what is each one's own under {@code runs}.
 *
 * @param list the configuration
 * @param data URI of their dataset
 */
record ExperimentList(Config list, String data) {

  /**
   * The experiments in their order with the seeds 1 to {@code seeds}, seed by seed; all are
   * resolved before the first one starts.
   */
  List<Experiment> resolve(Configuration hadoop, int seeds) {
    List<Experiment> experiments = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      for (Config run : list.getConfigList("runs")) {
        Config seeded = whole(run).withValue("seed", ConfigValueFactory.fromAnyRef(seed));
        experiments.add(Experiment.resolve(seeded, hadoop));
      }
    }
    return experiments;
  }

  private Config whole(Config run) {
    return run.withFallback(list.getConfig("experiment"))
        .withValue("data", ConfigValueFactory.fromAnyRef(data));
  }
}
