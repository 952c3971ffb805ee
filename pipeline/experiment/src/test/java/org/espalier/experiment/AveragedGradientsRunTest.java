package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.averaging.parts.PartsFolder;
import org.espalier.base.Refusal;
import org.espalier.experiment.Checkpointing.StartPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose gradients are averaged. */
class AveragedGradientsRunTest extends OnSmallRuns {
  private static final String GRADIENTS = "averaging{of=gradients,frequency=null}";

  @TempDir private Path output;

  @ParameterizedTest
  @ValueSource(strings = {"magnitude", "rigl", "set"})
  void stoppedOrNotAveragedGradientsEndWithTheSameBits(String method) throws IOException {
    Experiment experiment =
        runs.experiment(
            "averaging{of=gradients,frequency=null},sparsity{method=%s,target=0.9,end=16,frequency=4}"
                .formatted(method));
    assertThatThrownBy(
            () -> runs.run(experiment, SmallRuns.everyRound(), new SmallRuns.StoppedAt(10), output))
        .hasMessage("the machine is switched off");
    SmallRuns.Heard heard = new SmallRuns.Heard();
    RunOutcome resumed =
        runs.run(experiment, SmallRuns.everyRound().starting(StartPolicy.RESUMED), heard, output);
    assertThat(heard.resumed).containsExactly(12L);

    RunOutcome whole = runs.run(experiment, output.resolve("whole"));
    assertThat(resumed.points().get(0).provenance().model())
        .isEqualTo(whole.points().get(0).provenance().model());
    assertThat(whole.points().get(0).measurement().size().sparsity()).isCloseTo(0.9, within(1e-3));
    assertThat(whole.points().get(0).setting().training().averagingFrequency()).isEqualTo(1);
    assertThat(whole.points().get(0).setting().notes()).containsEntry("averaging.of", "gradients");
  }

  @ParameterizedTest
  @EnumSource
  void aRunGoesOnFromACheckpointOfAnEarlierVersion(EarlierVersion version) throws IOException {
    Experiment experiment = runs.experiment(GRADIENTS + ",optimiser.rule=adam");
    assertThatThrownBy(
        () -> runs.run(experiment, SmallRuns.everyRound(), new SmallRuns.StoppedAt(10), output));
    Path folder = output.resolve("." + experiment.name() + ".checkpoints");
    Checkpoints checkpoints =
        Checkpoints.in(
            new org.apache.hadoop.fs.Path(folder.toString()), runs.spark().hadoopConfiguration());
    Checkpoint newest = checkpoints.newest(damaged -> {}).orElseThrow();
    checkpoints.clear();
    Files.createDirectory(folder);
    Path file = folder.resolve(newest.head().step() + ".checkpoint");
    Files.write(file, version.bytes(newest, parts(folder, newest)));
    SmallRuns.Heard heard = new SmallRuns.Heard();
    RunOutcome resumed =
        runs.run(experiment, SmallRuns.everyRound().starting(StartPolicy.RESUMED), heard, output);
    assertThat(heard.resumed).containsExactly(newest.head().step());
    assertThat(heard.warnings).isEmpty();
    assertThat(resumed.points().get(0).provenance().model())
        .isEqualTo(
            runs.run(experiment, output.resolve("whole")).points().get(0).provenance().model());
  }

  private PartsFolder parts(Path folder, Checkpoint of) {
    return new PartsFolder(
        new org.apache.hadoop.fs.Path(folder.resolve(of.head().step() + ".parts").toUri()),
        runs.spark().hadoopConfiguration());
  }

  @Test
  void ownersWhoCannotWriteAreNoReasonToEndARun() throws IOException {
    Experiment experiment = runs.experiment(GRADIENTS);
    Files.writeString(
        output.resolve("." + experiment.name() + ".checkpoints"), "in the folder's place");
    SmallRuns.Heard heard = new SmallRuns.Heard();
    RunOutcome outcome = runs.run(experiment, SmallRuns.everyRound(), heard, output);
    assertThat(heard.warnings)
        .isNotEmpty()
        .allMatch(
            warning ->
                warning.matches(
                    "no checkpoint of step [0-9]+: Cannot write [^\\n]*; see to the space and the permissions there, since the run goes on without it\\."));
    assertThat(outcome.points().get(0).provenance().model())
        .isEqualTo(
            runs.run(experiment, output.resolve("whole")).points().get(0).provenance().model());
  }

  @ParameterizedTest
  @ValueSource(strings = {"variational-dropout", "l0"})
  void oneWorkerWithDrawnWeightsTrainsAlikeWhateverIsAveraged(String method) throws IOException {
    String one = "workers=1,sparsity.method=%s".formatted(method);
    RunOutcome gradients =
        runs.run(
            runs.experiment(one + ",averaging{of=gradients,frequency=null}"),
            output.resolve("gradients"));
    RunOutcome parameters = runs.run(runs.experiment(one), output.resolve("parameters"));
    assertThat(gradients.points().get(0).provenance().model())
        .isEqualTo(parameters.points().get(0).provenance().model());
  }

  @Test
  void whatAveragedGradientsCannotDoIsRefusedBeforeTheRun() {
    assertThatThrownBy(() -> runs.experiment("averaging.of=gradients"))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use averaging.frequency with averaging.of = gradients: it is a setting of parameters; remove it.");
    Experiment rigl = runs.experiment("sparsity{method=rigl,target=0.9,end=16,frequency=4}");
    assertThatThrownBy(() -> runs.run(rigl, output))
        .isInstanceOf(Refusal.class)
        .hasMessageMatching(
            "Cannot train under rigl\\(.*\\): it needs averaged gradients, and parameters are averaged; average gradients \\(averaging.of = gradients\\), or use a method that does without, such as magnitude.");
  }
}
