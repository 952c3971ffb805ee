package org.espalier.jobs.run;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.espalier.base.Refusal;
import org.espalier.experiment.Checkpointing;
import org.espalier.experiment.Checkpointing.StartPolicy;
import org.espalier.experiment.Experiment;
import org.espalier.experiment.ExperimentRun;
import org.espalier.experiment.RunOutcome;
import org.espalier.jobs.shell.Cluster;
import org.espalier.jobs.shell.ClusterSettings;
import org.espalier.jobs.shell.CommandRunner;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Trains experiments, one after the other, and publishes a folder with rows of results for each.
 */
@Command(
    name = "train",
    description = {
      "Trains an experiment and publishes OUTPUT/RUN_NAME; with several --conf, an experiment for"
          + " each file, one after the other in one Spark application.",
      "",
      "The result depends on the configuration, the data and the number of logical workers, not on"
          + " the cluster: every master gives the same bits."
    },
    mixinStandardHelpOptions = true,
    modelTransformer = ConfigurationHelp.class)
public final class Train extends Job {
  private static final String DEFAULT_MASTER = "local[*]";

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description =
          "HOCON file with an experiment, several times for several; without one the defaults below"
              + " hold.")
  private List<Path> configurations = List.of();

  @Option(
      names = "--output",
      paramLabel = "URI",
      required = true,
      description = "Folder that collects runs; the run's own folder in it must not exist yet.")
  private String output;

  @Option(
      names = "--resume",
      description =
          "Go on from the newest checkpoint of an earlier try; refused where there is none.")
  private boolean resume;

  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Minutes between two checkpoints, which lie beside the run's folder until it is finished"
              + " (default: ${DEFAULT-VALUE}).")
  private int checkpointMinutes;

  @Parameters(
      paramLabel = "KEY=VALUE",
      arity = "0..*",
      description = "Keys of the configuration that override the files.")
  private List<String> overrides = List.of();

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new Train(), arguments);
  }

  @Override
  protected Map<String, Object> run(Console console) throws Exception {
    Checkpointing checkpointing = checkpointing();
    SparkConf settings = ClusterSettings.of("espalier train", options(), DEFAULT_MASTER);
    List<Experiment> experiments = experiments(Cluster.hadoop(settings));
    ApplicationNeeds.settle(experiments, settings, console);
    for (Experiment experiment : experiments) {
      ExperimentRun.check(experiment, checkpointing, output, Cluster.hadoop(settings));
    }
    List<Map<String, Object>> values = new ArrayList<>();
    try (Cluster cluster = Cluster.forTraining(settings)) {
      for (Experiment experiment : experiments) {
        values.add(train(experiment, checkpointing, cluster, console));
      }
    }
    return values.size() == 1 ? values.get(0) : Map.of("runs", values);
  }

  private Map<String, Object> train(
      Experiment experiment, Checkpointing checkpointing, Cluster cluster, Console console)
      throws IOException {
    console.note(experiment.name() + ": " + experiment.summary());
    console.note(experiment.configuration());
    TrainingProgress progress = new TrainingProgress(console);
    RunOutcome outcome =
        new ExperimentRun(cluster.spark(), experiment, checkpointing, progress).into(output);
    console.note("run: " + outcome.folder());
    outcome.points().forEach(point -> console.result(FinalLine.of(point)));
    return PointValues.of(outcome);
  }

  private List<Experiment> experiments(Configuration hadoop) {
    List<Experiment> experiments = new ArrayList<>();
    Map<String, Path> files = new HashMap<>();
    for (Config config : Configurations.resolve(configurations, overrides)) {
      Experiment experiment = Experiment.resolve(config, hadoop);
      Path file = configurations.isEmpty() ? null : configurations.get(experiments.size());
      Path same = files.putIfAbsent(experiment.hash(), file);
      if (same != null) {
        throw new Refusal(
            "Cannot train %s twice: %s and %s say the same; name each once."
                .formatted(experiment.name(), same, file));
      }
      experiments.add(experiment);
    }
    return experiments;
  }

  private Checkpointing checkpointing() {
    if (checkpointMinutes < 1) {
      throw new Refusal(
          "Cannot write a checkpoint every %d minutes: it takes at least 1."
              .formatted(checkpointMinutes));
    }
    StartPolicy start = resume ? StartPolicy.RESUMED : StartPolicy.AFRESH;
    return new Checkpointing(Duration.ofMinutes(checkpointMinutes), start);
  }
}
