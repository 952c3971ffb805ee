package org.espalier.experiment;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.averaging.RoundSummary;
import org.espalier.datasets.digits.GeneratedDigits;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.datasets.source.RowSource;

/** Experiments on 200 digits and two local workers, in rounds of two steps: 10 steps an epoch. */
final class SmallRuns implements AutoCloseable {
  static final GeneratedDigits DIGITS = new GeneratedDigits(3, 200, 60);

  private static final String COMMON =
      """
      network = lenet-300-100
      workers = 2
      batch = 20
      epochs = 2
      averaging.frequency = 2
      shuffleWindow = 40
      optimiser.learningRate = 0.003
      """;

  private final JavaSparkContext spark;
  private final Path folder;
  private final String data;

  private SmallRuns(JavaSparkContext spark, Path folder) throws IOException {
    this.spark = spark;
    this.folder = folder;
    this.data = prepared(DIGITS);
  }

  /** Prepares the digits in a folder. */
  static SmallRuns in(Path folder) throws IOException {
    return in(folder, "local[2]");
  }

  /** The same with another master, which decides between how many tasks workers are divided. */
  static SmallRuns in(Path folder, String master) throws IOException {
    JavaSparkContext spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster(master)
                .setAppName("small runs")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1"));
    return new SmallRuns(spark, folder);
  }

  /** Prepares other rows. Returns the folder of the dataset. */
  String prepared(RowSource rows) throws IOException {
    String dataset = folder.resolve(rows.name()).toString();
    new PrepareDataset(spark, rows, dataset).shards(2).rowsPerRowGroup(25).run();
    return dataset;
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** The common settings with these on top. */
  Experiment experiment(String hocon) {
    return Experiment.resolve(
        ConfigFactory.parseString(hocon)
            .withFallback(ConfigFactory.parseString(COMMON))
            .withFallback(ConfigFactory.parseMap(Map.of("data", data))),
        spark.hadoopConfiguration());
  }

  RunOutcome run(Experiment experiment, Path output) throws IOException {
    return run(experiment, Checkpointing.usual(), new Heard(), output);
  }

  RunOutcome run(
      Experiment experiment, Checkpointing checkpointing, RunListener listener, Path output)
      throws IOException {
    return new ExperimentRun(spark, experiment, checkpointing, listener).into(output.toString());
  }

  /** A checkpoint after every round. */
  static Checkpointing everyRound() {
    return new Checkpointing(Duration.ZERO, Checkpointing.StartPolicy.AFRESH);
  }

  @Override
  public void close() {
    spark.close();
  }

  /** Keeps what a run tells. */
  static class Heard implements RunListener {
    final List<Long> resumed = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<Long> roundEnds = new ArrayList<>();

    @Override
    public void resumed(long step, Experiment experiment) {
      resumed.add(step);
    }

    @Override
    public void warned(String sentence) {
      warnings.add(sentence);
    }

    @Override
    public void roundDone(RoundSummary round, Experiment experiment) {
      roundEnds.add(round.round().end());
    }

    @Override
    public void evaluating(Experiment experiment) {}
  }

  /** Stops the run when this step is done. */
  static final class StoppedAt extends Heard {
    private final long step;

    StoppedAt(long step) {
      this.step = step;
    }

    @Override
    public void roundDone(RoundSummary round, Experiment experiment) {
      super.roundDone(round, experiment);
      if (round.round().end() >= step) {
        throw new IllegalStateException("the machine is switched off");
      }
    }
  }
}
