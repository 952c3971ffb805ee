package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.espalier.averaging.Worker;
import org.espalier.base.Metric;
import org.espalier.base.Refusal;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.engine.replica.Replica;
import org.espalier.engine.replica.WorkerBatches;
import org.espalier.experiment.reversal.GeneratedDigitStrings;
import org.espalier.results.Measurement;
import org.espalier.sparsity.AveragedState;
import org.espalier.sparsity.MaskSet;
import org.espalier.sparsity.MaskingMethod;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A task is added by one folder: strings of different lengths, weighed by their tokens. */
class ReversalTest extends OnSmallRuns {
  private static final PluginJar JAR = new PluginJar("reversal");
  private static final int WORKERS = 4;
  private static final int STEPS = 50;
  private static final String MAGNITUDE =
      "sparsity{method=magnitude,target=0.9,begin=5,end=40,frequency=5}";

  @TempDir private static Path prepared;
  @TempDir private Path output;

  @BeforeAll
  static void prepareStrings() throws IOException {
    prepare(new GeneratedDigitStrings(5, 1600, 90), "strings");
    prepare(new GeneratedDigitStrings(2, 1600, 300), "short");
  }

  private static void prepare(GeneratedDigitStrings strings, String name) throws IOException {
    new PrepareDataset(runs.spark(), strings, prepared.resolve(name).toString())
        .shards(2)
        .rowsPerRowGroup(100)
        .run();
  }

  @ParameterizedTest
  @CsvSource({"sgd,false", "sgd,true", "nesterov,false", "nesterov,true"})
  void workersOfDifferentTokenCountsFollowOneProcessWithTheWholeBatch(String rule, boolean pruned)
      throws Exception {
    Experiment experiment =
        experiment(
            """
            data = %s, epochs = 1, workers = %d, averaging.frequency = 1
            optimiser { rule = %s, learningRate = 0.1, weightDecay = 0.0001 }
            %s
            """
                .formatted(prepared.resolve("strings"), WORKERS, rule, pruned ? MAGNITUDE : ""));
    assertThat(experiment.steps()).isEqualTo(STEPS);
    List<List<Strings>> batches = batches(experiment);
    assertThat(batches)
        .filteredOn(step -> step.stream().map(Strings::counted).distinct().count() > 1)
        .hasSizeGreaterThan(STEPS * 9 / 10);

    RunOutcome run = runs.run(experiment, output);
    float[] averaged = parameters(run);
    float[] alone = alone(BuiltNetwork.of(experiment), experiment.method(), batches);
    assertThat(distance(averaged, alone)).isLessThan(1e-6);
    assertThat(distance(averaged, initial(experiment))).isGreaterThan(0.01);
    double sparsity = run.points().get(0).measurement().size().sparsity();
    assertThat(sparsity).isCloseTo(pruned ? 0.9 : 0, within(1e-3));
  }

  @Test
  void itsNetworkIsTrainedAndJudgedByItsOwnMetrics() throws Exception {
    Experiment experiment =
        experiment(
            "data = %s, workers = 2, epochs = 12, averaging.frequency = 10"
                .formatted(prepared.resolve("short")));
    RunOutcome run = runs.run(experiment, output);
    Measurement measured = run.points().get(0).measurement();
    Metric strings = new Metric("string-accuracy", Metric.FRACTION, Metric.Direction.HIGHER);
    assertThat(measured.leading().name()).isEqualTo("token-accuracy");
    assertThat(measured.value(strings).orElseThrow()).isGreaterThan(0.9);
  }

  @Test
  void rowsOfAnotherKindAreRefused() {
    assertThatThrownBy(() -> BuiltNetwork.of(JAR.during(() -> runs.experiment("network=reverser"))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Cannot reverse the rows of ")
        .hasMessageEndingWith(
            ": it holds rows of the kind 'pixels' and not 'digit-strings'; name a dataset of the kind 'digit-strings'.");
  }

  private static Experiment experiment(String hocon) throws Exception {
    return JAR.during(
        () ->
            Experiment.resolve(
                ConfigFactory.parseString(hocon)
                    .withFallback(ConfigFactory.parseMap(Map.of("network", "reverser"))),
                runs.spark().hadoopConfiguration()));
  }

  private static float[] parameters(RunOutcome run) {
    StoredRun stored =
        StoredRun.in(
            new org.apache.hadoop.fs.Path(run.folder()), runs.spark().hadoopConfiguration());
    return stored.parameters().head(stored.parameters().length());
  }

  private static float[] initial(Experiment experiment) {
    BuiltNetwork network = BuiltNetwork.of(experiment);
    return network.initial().vector().head(network.parameters());
  }

  /** One batch of a worker, `[strings, longest]` each. */
  private record Strings(float[][] tokens, float[][] labels) implements Serializable {
    long counted() {
      return Arrays.stream(labels)
          .flatMapToInt(row -> IntStream.range(0, row.length).filter(i -> row[i] >= 0))
          .count();
    }
  }

  /** The batches of one worker, by step. */
  private record WorkerStrings(int worker, List<Strings> batches) implements Serializable {}

  /** The batches of all workers, in their order, by step. */
  private static List<List<Strings>> batches(Experiment experiment) {
    try (PreparedRows rows = new PreparedRows(runs.spark(), experiment)) {
      List<WorkerStrings> workers =
          rows.training().shared(List.of("here", "here")).map(ReversalTest::ofWorker).collect();
      return IntStream.range(0, STEPS)
          .mapToObj(
              step ->
                  workers.stream()
                      .sorted(Comparator.comparingInt(WorkerStrings::worker))
                      .map(worker -> worker.batches().get(step))
                      .toList())
          .toList();
    }
  }

  private static WorkerStrings ofWorker(Worker worker) {
    try (WorkerBatches batches = worker.batches()) {
      List<Strings> all =
          IntStream.range(0, STEPS)
              .mapToObj(batches::at)
              .map(
                  batch ->
                      new Strings(
                          batch.getFeatures(0).toFloatMatrix(), batch.getLabels(0).toFloatMatrix()))
              .toList();
      return new WorkerStrings(worker.number(), all);
    }
  }

  /** The plain reference: one replica, the strings of all workers in one batch. */
  private static float[] alone(
      BuiltNetwork network, MaskingMethod method, List<List<Strings>> batches) {
    try (Replica replica = network.recipe().build()) {
      MaskSet masks = network.initial().masks();
      replica.load(network.initial().vector().values(), 0);
      replica.hold(masks);
      for (int step = 0; step < STEPS; step++) {
        replica.run(s -> whole(batches.get((int) s)), step, 1);
        if (method.due(step + 1)) {
          float[] weights = replica.vector().head(replica.parameters());
          masks = method.next(AveragedState.after(step + 1, network.tensors(), weights, masks));
          replica.hold(masks);
        }
      }
      return replica.vector().head(replica.parameters());
    }
  }

  private static MultiDataSet whole(List<Strings> workers) {
    INDArray tokens =
        Nd4j.createFromArray(
            workers.stream().map(Strings::tokens).flatMap(Arrays::stream).toArray(float[][]::new));
    INDArray labels =
        Nd4j.createFromArray(
            workers.stream().map(Strings::labels).flatMap(Arrays::stream).toArray(float[][]::new));
    return new MultiDataSet(new INDArray[] {tokens}, new INDArray[] {labels});
  }

  private static double distance(float[] actual, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
