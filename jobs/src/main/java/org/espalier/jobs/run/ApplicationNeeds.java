package org.espalier.jobs.run;

import java.util.List;
import org.apache.spark.SparkConf;
import org.espalier.experiment.Experiment;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.MemoryDemand;

/** What an application needs that trains experiments one after the other: cores and memory. */
final class ApplicationNeeds {
  private ApplicationNeeds() {}

  /**
   * Sets what Spark has to know before the executors start, where the user says nothing, and says
   * what the largest experiment takes.
   *
   * @throws org.espalier.base.Refusal if a process cannot hold one copy of a run's vector
   */
  static void settle(List<Experiment> experiments, SparkConf settings, Console console) {
    ClusterSettings.shareCores(
        settings, experiments.stream().mapToInt(Experiment::workers).max().orElseThrow());
    Cluster.prepareArithmetic(settings, console);
    MemoryDemand.settle(
        experiments.stream()
            .map(each -> MemoryDemand.of(each.name(), each::footprint, settings))
            .toList(),
        settings,
        console);
  }
}
