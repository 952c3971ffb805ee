package org.espalier.jobs.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkExecutorInfo;
import org.espalier.averaging.RoundSummary;
import org.espalier.experiment.Checkpointing;
import org.espalier.experiment.Experiment;
import org.espalier.experiment.ExperimentRun;
import org.espalier.experiment.RunListener;
import org.espalier.jobs.Launched;
import org.espalier.jobs.shell.Cluster;
import org.espalier.results.ModelHashes;

/** Runs on executor JVMs that can be ended in the middle of a phase. */
final class RobbedRuns implements AutoCloseable {
  static final Checkpointing SELDOM = Checkpointing.usual();

  private final Path folder;
  private final Path halts;
  private final int executors;
  private final LogLines warnings = LogLines.of("org.espalier.averaging.RunExecutors");
  private final Cluster cluster;

  /** On so many executors; the data is made first. */
  RobbedRuns(Path folder, int executors) throws Exception {
    this(folder, executors, Map.of());
  }

  /**
   * On so many executors at most.
   *
   * @param more settings of Spark
   */
  RobbedRuns(Path folder, int executors, Map<String, String> more) throws Exception {
    Launched.prepareDigits(folder, 1024, 100, 64);
    this.folder = folder;
    this.executors = executors;
    this.halts = Files.createDirectory(folder.resolve("halts"));
    SparkConf settings = settings(halts, executors);
    more.forEach(settings::set);
    this.cluster = Cluster.forTraining(settings);
  }

  private static SparkConf settings(Path halts, int executors) throws URISyntaxException {
    Path logging = Path.of(RobbedRuns.class.getResource("halting-log4j2.properties").toURI());
    Path classes =
        Path.of(RobbedRuns.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return new SparkConf()
        .setAppName("losses")
        .setMaster("local-cluster[%d,1,1024]".formatted(executors))
        .set("spark.executor.memory", "1024m")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.ui.enabled", "false")
        .set("spark.locality.wait", "0s")
        .set("spark.executor.extraClassPath", classes.toString())
        .set(
            "spark.executor.extraJavaOptions",
            "-Dlog4j2.configurationFile=%s -Despalier.halts=%s".formatted(logging, halts));
  }

  /** Waits for all executors; Spark starts a new one for one that is lost. */
  void awaitExecutors() {
    while (Set.copyOf(ExchangePort.ofExecutors(cluster.spark(), executors)).size() != executors) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Ports of the driver and of the executors that are there, which tell them apart. */
  Set<Integer> processes() {
    return Arrays.stream(cluster.spark().sc().statusTracker().getExecutorInfos())
        .map(SparkExecutorInfo::port)
        .collect(Collectors.toSet());
  }

  /** Asks for the end of so many JVMs at the beginning of a phase, after a step or later. */
  void ask(String phase, long step, HaltingAppender.End end, int times) throws IOException {
    HaltingAppender.ask(halts, phase, step, end, times);
  }

  /** The warnings of the newest run. */
  List<String> warnings() {
    return warnings.messages();
  }

  /**
   * The outcome of a run.
   *
   * @param hashes of parameters and masks
   * @param runAgain how often stretches were run again
   */
  record Trained(ModelHashes hashes, int runAgain) {}

  /** A run that leaves nothing but its outcome. */
  Trained train(String method) throws IOException {
    return train(method, SELDOM, output());
  }

  /** A folder for a run. */
  Path output() throws IOException {
    return Files.createTempDirectory(folder, "runs");
  }

  /** A run after which all JVMs have ended that were to. */
  Trained train(String method, Checkpointing checkpointing, Path output) throws IOException {
    return train(method, checkpointing, output, round -> {});
  }

  /**
   * The same.
   *
   * @param between is called between two rounds, with the one that is done
   */
  Trained train(
      String method, Checkpointing checkpointing, Path output, Consumer<RoundSummary> between)
      throws IOException {
    Listener listener = new Listener(between);
    warnings.clear();
    ModelHashes hashes =
        new ExperimentRun(cluster.spark(), experiment(method), checkpointing, listener)
            .into(output.toString())
            .points()
            .get(0)
            .provenance()
            .model();
    assertThat(listener.warnings).isEmpty();
    assertThat(HaltingAppender.isDone(halts)).isTrue();
    return new Trained(hashes, listener.runAgain);
  }

  private Experiment experiment(String method) {
    return Experiment.resolve(
        ConfigFactory.parseString(
            """
            data = "%s"
            workers = 8
            batch = 128
            epochs = 4
            averaging.of = gradients
            sparsity.method = %s
            sparsity.target = 0.9
            sparsity.begin = 0
            sparsity.end = 28
            sparsity.frequency = 4
            """
                .formatted(folder.resolve("digits"), method)),
        new Configuration());
  }

  @Override
  public void close() {
    warnings.close();
    cluster.close();
  }

  private static final class Listener implements RunListener {
    private final List<String> warnings = new ArrayList<>();
    private final Consumer<RoundSummary> between;
    private int runAgain;

    Listener(Consumer<RoundSummary> between) {
      this.between = between;
    }

    @Override
    public void resumed(long step, Experiment experiment) {}

    @Override
    public void warned(String sentence) {
      warnings.add(sentence);
    }

    @Override
    public void roundDone(RoundSummary round, Experiment experiment) {
      runAgain += round.runAgain();
      between.accept(round);
    }

    @Override
    public void evaluating(Experiment experiment) {}
  }
}
