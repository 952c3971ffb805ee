package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.espalier.base.Metric;
import org.espalier.base.Refusal;
import org.espalier.experiment.Checkpointing.StartPolicy;
import org.espalier.results.FinishedFolder;
import org.espalier.results.InferenceCost;
import org.espalier.results.Measurement;
import org.espalier.results.ModelSize;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsTable;
import org.espalier.results.RunHistory;
import org.espalier.results.RunManifest;
import org.espalier.results.RunPart;
import org.espalier.results.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentRunTest extends OnSmallRuns {
  private static final String MAGNITUDE =
      "sparsity{method=magnitude,target=0.9,begin=2,end=18,frequency=4}";
  private static final String VARIATIONAL =
      "sparsity{method=variational-dropout,thresholds=[-2,-1,0,2],penalty{ramp=linear,weight=0.01,begin=4,end=16}}";
  private static final String L0 =
      "sparsity{method=l0,initialLogAlpha=-2.39,penalty{weight=10,ramp=cubic,begin=2,end=12}}";

  @TempDir private Path output;

  @ParameterizedTest
  @ValueSource(strings = {MAGNITUDE, VARIATIONAL, L0})
  void aRunThatWasStoppedEndsWithTheBitsOfOneThatWasNot(String method) throws IOException {
    Experiment experiment = runs.experiment(method);
    Path unfinished = output.resolve("." + experiment.name() + ".checkpoints");
    assertThatThrownBy(
            () -> runs.run(experiment, SmallRuns.everyRound(), new SmallRuns.StoppedAt(10), output))
        .hasMessage("the machine is switched off");
    assertThat(unfinished.resolve("10.checkpoint")).exists();
    assertThat(output.resolve(experiment.name())).doesNotExist();
    requireRefusedAfresh(experiment, unfinished);

    SmallRuns.Heard heard = new SmallRuns.Heard();
    RunOutcome resumed = runs.run(experiment, resumed(), heard, output);
    assertThat(heard.resumed).containsExactly(10L);
    assertThat(heard.warnings).isEmpty();
    assertThat(heard.roundEnds).startsWith(12L).endsWith(20L).doesNotContain(10L);
    assertThat(unfinished).doesNotExist();

    RunOutcome whole = runs.run(experiment, output.resolve("whole"));
    assertThat(resumed.points()).hasSameSizeAs(whole.points());
    for (int i = 0; i < whole.points().size(); i++) {
      OperatingPoint expected = whole.points().get(i);
      OperatingPoint actual = resumed.points().get(i);
      assertThat(actual.provenance().model()).isEqualTo(expected.provenance().model());
      assertThat(actual.provenance().model().parametersSha256()).isPresent();
      assertThat(actual.measurement()).isEqualTo(expected.measurement());
    }
    assertThat(whole.points().get(0).measurement().size().sparsity()).isPositive();
    requireAllParts(resumed, experiment);
  }

  /** Steps 1 to 10 in one part, 11 to 20 in another, in rounds of two steps. */
  private static void requireAllParts(RunOutcome resumed, Experiment experiment)
      throws IOException {
    RunHistory history = manifest(resumed.folder()).run();
    assertThat(history.hash()).isEqualTo(experiment.hash());
    assertThat(history.parts())
        .extracting(RunPart::firstStep, RunPart::lastStep)
        .containsExactly(tuple(0L, 10L), tuple(10L, 20L));
    assertThat(history.parts().get(0).execution().startedAt())
        .isBefore(history.parts().get(1).execution().startedAt());
    assertThat(history.parts().get(0).execution().seconds()).isPositive();
    assertThat(endsOfRounds(resumed.folder()))
        .containsExactly(2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L, 18L, 20L);
  }

  private static RunManifest manifest(String folder) {
    return FinishedFolder.open(new org.apache.hadoop.fs.Path(folder), hadoop()).manifest();
  }

  private static List<Long> endsOfRounds(String folder) throws IOException {
    List<Long> ends = new ArrayList<>();
    for (Group row : rounds(folder)) {
      assertThat(row.getLong("round", 0)).isEqualTo(ends.size());
      ends.add(row.getLong("end_step", 0));
    }
    return ends;
  }

  private static List<Group> rounds(String folder) throws IOException {
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> rounds =
        ParquetReader.builder(
                new GroupReadSupport(), new org.apache.hadoop.fs.Path(folder, RunFiles.ROUNDS))
            .build()) {
      for (Group row = rounds.read(); row != null; row = rounds.read()) {
        rows.add(row);
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"averaging.of=parameters", "averaging{of=gradients,frequency=null}"})
  void roundsTellWhatMasksSave(String averaging) throws IOException {
    RunOutcome outcome = runs.run(runs.experiment(averaging + "\n" + MAGNITUDE), output);
    long perExample = 2L * 784 * 300 + 3 * (300 * 100 + 100 * 10);
    List<Double> saved = new ArrayList<>();
    for (Group row : rounds(outcome.folder())) {
      long whole = perExample * row.getLong("weight", 0);
      long leftOut = row.getLong("multiply_adds_left_out", 0);
      assertThat(row.getLong("multiply_adds", 0)).isEqualTo(whole - leftOut);
      assertThat(row.getLong("expected_forward_multiply_adds", 0)).isLessThan(whole / 2);
      saved.add((double) leftOut / whole);
    }
    assertThat(saved).startsWith(0.0);
    assertThat(saved.get(saved.size() - 1)).isBetween(0.89, 0.9);
    assertThat(manifest(outcome.folder()).leftOut()).containsExactly("fc1/W", "fc2/W");
  }

  @Test
  void roundsTellTheMultiplyAddsThatGatesAreExpectedToLeave() throws IOException {
    Experiment experiment =
        runs.experiment(
            """
            network = wrn
            wrn { depth = 10, width = 1 }
            input { mean = none, deviation = none }
            optimiser { schedule = constant, learningRate = 0.1, weightDecay = 5e-4 }
            sparsity {
              method = l0
              drawn = "*.conv1"
              initialLogAlpha = 0.847
              decay = expected
              penalty.weight = 400
            }
            """);
    RunOutcome outcome = runs.run(experiment, output);
    double gated = 16 * 16 * 9 * 28 * 28 + 16 * 32 * 9 * 14 * 14 + 32 * 64 * 9 * 7 * 7;
    double all =
        NetworkCount.of(ConfigFactory.parseString(experiment.configuration()), new Configuration())
            .sum(TensorCount::denseMacs);
    List<Double> perExample = new ArrayList<>();
    for (Group row : rounds(outcome.folder())) {
      perExample.add(
          (double) row.getLong("expected_forward_multiply_adds", 0) / row.getLong("weight", 0));
    }
    assertThat(perExample.get(0)).isCloseTo(all - 0.08 * gated, within(0.01 * gated));
    assertThat(perExample).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(perExample.get(perExample.size() - 1)).isLessThan(all - 0.1 * gated);
  }

  @Test
  void tensorsThatAreToBeDrawnMustBeThere() {
    Experiment experiment = runs.experiment("sparsity { method = l0, drawn = \"*.conv1\" }");
    assertThatThrownBy(() -> runs.run(experiment, output))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot draw the weights of *.conv1: the network has no tensor of that name; it has fc1/W, fc2/W, fc3/W.");
  }

  private static Checkpointing resumed() {
    return SmallRuns.everyRound().starting(StartPolicy.RESUMED);
  }

  private void requireRefusedAfresh(Experiment experiment, Path unfinished) {
    String sentence =
        "Cannot start the run afresh: %s holds what an earlier try did up to step 10; go on from it with --resume, or remove it."
            .formatted(unfinished);
    assertThatThrownBy(() -> runs.run(experiment, output))
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence);
    assertThatThrownBy(
            () ->
                ExperimentRun.check(
                    experiment, Checkpointing.usual(), output.toString(), new Configuration()))
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence);
    assertThat(unfinished.resolve("10.checkpoint")).exists();
  }

  @Test
  void aDamagedCheckpointIsToldAndTheOneBeforeItTaken() throws IOException {
    Experiment experiment = runs.experiment(MAGNITUDE);
    assertThatThrownBy(
        () -> runs.run(experiment, SmallRuns.everyRound(), new SmallRuns.StoppedAt(10), output));
    Path damaged = output.resolve("." + experiment.name() + ".checkpoints/10.checkpoint");
    Files.write(damaged, new byte[100]);
    SmallRuns.Heard heard = new SmallRuns.Heard();
    RunOutcome resumed = runs.run(experiment, resumed(), heard, output);
    assertThat(heard.resumed).containsExactly(8L);
    assertThat(heard.warnings).hasSize(1).first().asString().contains("10.checkpoint");
    assertThat(resumed.points().get(0).provenance().model())
        .isEqualTo(
            runs.run(experiment, output.resolve("whole")).points().get(0).provenance().model());
  }

  @Test
  void aCheckpointThatCannotBeWrittenDoesNotEndTheRun() throws IOException {
    Experiment experiment = runs.experiment("epochs=1");
    Files.writeString(
        output.resolve("." + experiment.name() + ".checkpoints"), "in the folder's place");
    SmallRuns.Heard heard = new SmallRuns.Heard();
    RunOutcome outcome = runs.run(experiment, SmallRuns.everyRound(), heard, output);
    assertThat(outcome.points().get(0).measurement().status()).isEqualTo(Status.FINISHED);
    assertThat(outcome.points().get(0).measurement().metrics().keySet())
        .extracting(Metric::name)
        .containsExactlyInAnyOrder(
            "accuracy", "cross-entropy", "top-5-accuracy", "expected-calibration-error");
    assertThat(heard.warnings)
        .hasSize(4)
        .first()
        .asString()
        .startsWith("no checkpoint of step 2: Cannot write ");
  }

  @Test
  void whereNothingIsToBeResumedARunMayBeginAfreshIfItIsToldSo() throws IOException {
    Experiment experiment = runs.experiment("epochs=1");
    refusesToResume(
        experiment,
        "Cannot go on with %s: there is nothing to resume in %s; leave --resume out."
            .formatted(experiment.name(), output));
    SmallRuns.Heard heard = new SmallRuns.Heard();
    Checkpointing policy = Checkpointing.usual().starting(StartPolicy.RESUMED_OR_AFRESH);
    runs.run(experiment, policy, heard, output);
    assertThat(heard.resumed).isEmpty();
    assertThat(heard.roundEnds).containsExactly(2L, 4L, 6L, 8L, 10L);
  }

  @Test
  void aChangedKeyIsNamedWhereNothingIsToBeResumed() throws IOException {
    Experiment begun = runs.experiment(MAGNITUDE);
    stopAtTen(begun);
    stopAtTen(runs.experiment("seed=3\nworkers=1\nbatch=10\n" + MAGNITUDE));
    Experiment changed = runs.experiment("seed=2\noptimiser.learningRate=0.001\n" + MAGNITUDE);
    refusesToResume(
        changed,
        "Cannot go on with %s: there is nothing to resume of it in %s; the nearest unfinished run there is %s at step 10, which differs in optimiser.learningRate (its 0.003, yours 0.001), seed (its 1, yours 2); use its values, or leave --resume out."
            .formatted(changed.name(), output, begun.name()));
    assertThat(output.resolve(changed.name())).doesNotExist();
  }

  @Test
  void checkpointsOfAnotherRunWithTheSameNameAreRefused() throws IOException {
    Experiment begun = runs.experiment("seed=2\n" + MAGNITUDE);
    stopAtTen(begun);
    Experiment other = runs.experiment(MAGNITUDE);
    Files.move(
        output.resolve("." + begun.name() + ".checkpoints"),
        output.resolve("." + other.name() + ".checkpoints"));
    refusesToResume(
        other,
        "Cannot go on from the checkpoints in %s: they are of another run with the same name, whose configuration has the hash %s and not %s; choose another output."
            .formatted(
                output.resolve("." + other.name() + ".checkpoints"), begun.hash(), other.hash()));
  }

  @Test
  void whereAllCheckpointsAreDamagedTheRunIsNotBegunAfreshUnasked() throws IOException {
    Experiment experiment = runs.experiment(MAGNITUDE);
    Path folder = Files.createDirectories(output.resolve("." + experiment.name() + ".checkpoints"));
    Files.write(folder.resolve("10.checkpoint"), new byte[100]);
    refusesToResume(
        experiment,
        "Cannot go on with %s: all checkpoints in %s are damaged; remove that folder and leave --resume out."
            .formatted(experiment.name(), folder));
  }

  @Test
  void aFinishedRunIsToldFromAnotherOfTheSameName() throws IOException {
    Experiment done = runs.experiment("epochs=1");
    RunOutcome outcome = runs.run(done, output);
    assertThat(ExperimentRun.isFinished(done, output.toString(), hadoop())).isTrue();
    refuses(
        done,
        Checkpointing.usual(),
        "Cannot write to %s: the run is finished already; choose another output or remove it first."
            .formatted(output.resolve(done.name())));
    Experiment other = runs.experiment("epochs=1\nseed=2");
    assertThat(ExperimentRun.isFinished(other, output.toString(), hadoop())).isFalse();
    Files.move(output.resolve(done.name()), output.resolve(other.name()));
    String sentence =
        "Cannot write to %s: it holds another run with the same name, whose configuration has the hash %s and not %s; choose another output."
            .formatted(output.resolve(other.name()), done.hash(), other.hash());
    refuses(other, Checkpointing.usual(), sentence);
    assertThatThrownBy(() -> ExperimentRun.isFinished(other, output.toString(), hadoop()))
        .hasMessage(sentence);
    assertThat(outcome.points()).isNotEmpty();
  }

  private void stopAtTen(Experiment experiment) {
    assertThatThrownBy(
            () -> runs.run(experiment, SmallRuns.everyRound(), new SmallRuns.StoppedAt(10), output))
        .hasMessage("the machine is switched off");
  }

  private void refusesToResume(Experiment experiment, String sentence) {
    refuses(experiment, resumed(), sentence);
  }

  private void refuses(Experiment experiment, Checkpointing checkpointing, String sentence) {
    assertThatThrownBy(() -> runs.run(experiment, checkpointing, new SmallRuns.Heard(), output))
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence);
    assertThatThrownBy(
            () -> ExperimentRun.check(experiment, checkpointing, output.toString(), hadoop()))
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence);
  }

  @Test
  void variationalDropoutGivesARowPerThresholdWithFewerZerosAtHigherOnes() throws IOException {
    RunOutcome outcome = runs.run(runs.experiment(VARIATIONAL), output);
    List<OperatingPoint> points = outcome.points();
    assertThat(points)
        .extracting(point -> point.setting().sparsification().threshold().orElseThrow())
        .containsExactly(-2.0, -1.0, 0.0, 2.0);
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).measurement().size().sparsity())
          .isLessThan(points.get(i - 1).measurement().size().sparsity());
    }
    assertThat(points)
        .extracting(point -> point.run().name())
        .hasSize(4)
        .containsOnly(name(points));
    assertThat(points)
        .extracting(point -> point.provenance().model().masksSha256().orElseThrow())
        .doesNotHaveDuplicates();
    assertThat(points)
        .extracting(point -> point.provenance().model().parametersSha256().orElseThrow())
        .containsOnly(points.get(0).provenance().model().parametersSha256().orElseThrow());
    assertThat(ResultsTable.read(new org.apache.hadoop.fs.Path(outcome.folder()), hadoop()).rows())
        .hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sparsity.method=dense", MAGNITUDE, VARIATIONAL, L0})
  void everyMethodCountsTheSameWeights(String method) throws IOException {
    for (OperatingPoint point : runs.run(runs.experiment("epochs=2\n" + method), output).points()) {
      ModelSize size = point.measurement().size();
      assertThat(size.weights()).isEqualTo(266_200);
      assertThat(size.alwaysDense()).isEqualTo(410);
      assertThat(size.sparsity()).isEqualTo(1 - size.kept() / 266_200.0);
      assertThat(size.inference()).hasValue(new InferenceCost(266_200, size.kept()));
    }
  }

  @Test
  void theWeightOfThePenaltyIsToldEvenWhereItIsTheDefault() throws IOException {
    Experiment experiment = runs.experiment("epochs=1\nsparsity.method=variational-dropout");
    OperatingPoint usual = runs.run(experiment, output).points().get(0);
    assertThat(usual.setting().notes()).containsEntry("sparsity.penalty.weight", "1.0");
    OperatingPoint dense = runs.run(runs.experiment("epochs=1"), output).points().get(0);
    assertThat(dense.setting().notes()).doesNotContainKey("sparsity.penalty.weight");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimiser{rule=nesterov,learningRate=900000}",
        "optimiser{rule=sgd,learningRate=900000}\nsparsity{method=magnitude,target=0.9,end=10,frequency=1}",
        "optimiser{rule=nesterov,learningRate=900000}\nsparsity{method=magnitude,target=0.9,end=10,frequency=1}",
        "optimiser{rule=sgd,learningRate=900000}\nsparsity{method=variational-dropout}"
      })
  void anAbsurdLearningRateEndsAsDivergedWithItsStepAndWithoutAModel(String settings)
      throws IOException {
    Experiment experiment = runs.experiment("epochs=1\n" + settings);
    SmallRuns.Heard heard = new SmallRuns.Heard();
    RunOutcome outcome = runs.run(experiment, SmallRuns.everyRound(), heard, output);
    assertThat(outcome.points()).hasSize(1);
    assertThat(heard.warnings)
        .hasSize(1)
        .first()
        .asString()
        .matches("The run diverged: its .* step [0-9]+; lower the learning rate\\.");
    Measurement measurement = outcome.points().get(0).measurement();
    assertThat(measurement.status()).isEqualTo(Status.DIVERGED);
    assertThat(measurement.divergedAtStep().orElseThrow()).isBetween(1L, 10L);
    assertThat(measurement.leading()).isEqualTo(Metric.ACCURACY);
    assertThat(measurement.metrics()).isEmpty();
    assertThat(outcome.points().get(0).provenance().model().parametersSha256()).isEmpty();
    Path folder = output.resolve(experiment.name());
    assertThat(folder.resolve(RunFiles.CONFIGURATION)).exists();
    assertThat(folder.resolve(RunFiles.PARAMETERS)).doesNotExist();
    assertThat(folder.resolve(RunFiles.MASKS)).doesNotExist();
    assertThat(folder.resolve(RunFiles.NETWORK)).doesNotExist();
    assertThat(output.resolve("." + experiment.name() + ".checkpoints")).doesNotExist();
  }

  @Test
  void aRunWhoseLastStepMadeItUselessIsCalledDivergedToo() throws IOException {
    String wild =
        "batch=200\naveraging.frequency=1\noptimiser{rule=nesterov,learningRate=900000}\nepochs=";
    long noticed = divergedAt(runs.experiment(wild + 20));
    assertThat(noticed).isGreaterThan(1);
    assertThat(divergedAt(runs.experiment(wild + (noticed - 1)))).isEqualTo(noticed - 1);
  }

  @Test
  void aDivergedRunIsRecordedWithTheMasksItHad() throws IOException {
    Experiment experiment =
        runs.experiment(
            "optimiser{rule=sgd,learningRate=900000}\nsparsity{method=magnitude,schedule=constant,target=0.9,end=20,frequency=1}");
    Measurement measurement = runs.run(experiment, output).points().get(0).measurement();
    assertThat(measurement.divergedAtStep().orElseThrow()).isGreaterThan(2);
    assertThat(measurement.size().sparsity()).isCloseTo(0.9, within(1e-4));
  }

  private long divergedAt(Experiment experiment) throws IOException {
    return runs.run(experiment, output)
        .points()
        .get(0)
        .measurement()
        .divergedAtStep()
        .orElseThrow();
  }

  private static String name(List<OperatingPoint> points) {
    return points.get(0).run().name();
  }

  private static Configuration hadoop() {
    return runs.spark().hadoopConfiguration();
  }
}
