package org.espalier.jobs.run;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** Trains one experiment and publishes its folder with one row of results. */
@Command(
    name = "train",
    description = {
      "Trains one experiment and publishes OUTPUT/RUN_NAME.",
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
      description = "HOCON file with the experiment; without one the defaults below hold.")
  private Path configuration;

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
      description = "Keys of the configuration that override the file.")
  private List<String> overrides = List.of();

  /** Starts the job by itself, for {@code spark-submit --class}. */
  public static void main(String[] arguments) {
    CommandRunner.exit(new Train(), arguments);
  }

  @Override
  protected Map<String, Object> run(Console console) throws Exception {
    Checkpointing checkpointing = checkpointing();
    Config config = Configurations.resolve(configuration, overrides);
    SparkConf settings = ClusterSettings.of("espalier train", options(), DEFAULT_MASTER);
    Experiment experiment = Experiment.resolve(config, Cluster.hadoop(settings));
    ClusterSettings.shareCores(settings, experiment.workers());
    Cluster.prepareArithmetic(settings, console);
    ExperimentRun.check(experiment, checkpointing, output, Cluster.hadoop(settings));
    console.note(experiment.name() + ": " + experiment.summary());
    console.note(experiment.configuration());
    try (Cluster cluster = Cluster.forTraining(settings)) {
      TrainingProgress progress = new TrainingProgress(console);
      RunOutcome outcome =
          new ExperimentRun(cluster.spark(), experiment, checkpointing, progress).into(output);
      console.note("run: " + outcome.folder());
      outcome.points().forEach(point -> console.result(FinalLine.of(point)));
      return PointValues.of(outcome);
    }
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
