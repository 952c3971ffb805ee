package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.ImageShape;
import org.espalier.datasets.Split;
import org.espalier.datasets.digits.GeneratedDigits;
import org.espalier.datasets.prepare.PrepareDataset;
import org.espalier.engine.replica.FlatVector;
import org.espalier.results.FinishedFolder;
import org.espalier.results.OperatingPoint;
import org.espalier.results.ResultsFile;
import org.espalier.results.ResultsTable;
import org.espalier.results.RunManifest;
import org.espalier.sparsity.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a finished run leaves is evaluated, exported and trained again. */
class StoredRunTest extends OnSmallRuns {
  private static final String VARIATIONAL =
      "sparsity{method=variational-dropout,thresholds=[-1,0,2],penalty{ramp=linear,weight=0.01,begin=4,end=16}}";
  private static final String PRUNED_TO_THE_END =
      "sparsity{method=magnitude,target=0.5,end=20,frequency=4}";
  private static final String PRUNED = "sparsity{method=magnitude,target=0.5,end=10,frequency=4}";
  private static final String L0 = "sparsity{method=l0,initialLogAlpha=-2.39}";

  @TempDir private Path output;

  @Test
  void evaluatingAgainGivesTheRowsOfTheRun() throws IOException {
    for (String method : List.of(VARIATIONAL, L0)) {
      Experiment experiment = runs.experiment(method);
      RunOutcome outcome = runs.run(experiment, output);
      List<OperatingPoint> again = evaluated(outcome, Optional.empty(), Optional.empty());
      assertThat(again).hasSameSizeAs(outcome.points());
      for (int i = 0; i < again.size(); i++) {
        OperatingPoint before = outcome.points().get(i);
        assertThat(again.get(i).measurement()).isEqualTo(before.measurement());
        assertThat(again.get(i).setting()).isEqualTo(before.setting());
        assertThat(again.get(i).provenance().model()).isEqualTo(before.provenance().model());
        assertThat(again.get(i).provenance().runParts())
            .isEqualTo(outcome.points().get(0).provenance().parts());
        assertThat(again.get(i).provenance().evaluation()).isPresent();
      }
    }
  }

  @Test
  void storedRowsOfAnEvaluationStayApartFromTheRunsOwn() throws IOException {
    RunOutcome outcome = runs.run(runs.experiment(VARIATIONAL), output);
    Dataset other = prepared(new GeneratedDigits(3, 60, 60));
    List<OperatingPoint> points = new ArrayList<>();
    points.addAll(evaluated(outcome, Optional.empty(), Optional.of("0.5, 2")));
    points.addAll(evaluated(outcome, Optional.of(other), Optional.of("2")));
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(outcome.folder() + "/again", ResultsFile.NAME);
    ResultsFile.write(file, points, hadoop());

    ResultsTable table = ResultsTable.read(new org.apache.hadoop.fs.Path(output.toUri()), hadoop());

    assertThat(table.rows()).hasSize(5).containsAll(outcome.points());
    assertThat(table.seedGroups()).hasSize(5);
    assertThat(
            table.rows().stream().filter(row -> row.provenance().dataHash().equals(other.hash())))
        .extracting(row -> row.setting().notes().get("trained on"))
        .containsExactly("digits " + trainedOn(outcome).substring(0, 8));
    assertThat(evaluated(outcome, Optional.empty(), Optional.empty()))
        .as("the folder still gives the run's own rows")
        .extracting(OperatingPoint::measurement)
        .isEqualTo(outcome.points().stream().map(OperatingPoint::measurement).toList());
  }

  @Test
  void otherThresholdsAreRowsOfTheSameRun() throws IOException {
    RunOutcome outcome = runs.run(runs.experiment(VARIATIONAL), output);
    List<OperatingPoint> points = evaluated(outcome, Optional.empty(), Optional.of("0.5, 2"));
    assertThat(points).hasSize(2);
    assertThat(points).extracting(OperatingPoint::run).containsOnly(outcome.points().get(0).run());
    assertThat(points.get(1).measurement()).isEqualTo(outcome.points().get(2).measurement());
  }

  @Test
  void onOtherDataTheMeanImageStaysThatOfTheTrainingData() throws IOException {
    RunOutcome outcome =
        runs.run(runs.experiment("input.centre=meanImage\n" + PRUNED_TO_THE_END), output);
    Dataset sameTestImages = prepared(new GeneratedDigits(3, 60, 60));
    List<OperatingPoint> again = evaluated(outcome, Optional.of(sameTestImages), Optional.empty());
    assertThat(again.get(0).measurement()).isEqualTo(outcome.points().get(0).measurement());
    assertThat(again.get(0).provenance().dataHash()).isEqualTo(sameTestImages.hash());
  }

  @Test
  void dataOfAnotherKindIsRefused() throws IOException {
    RunOutcome outcome = runs.run(runs.experiment("epochs=1"), output);
    Path folder = Files.createDirectories(output.resolve("wide"));
    ManifestOnly.write(folder, new ImageShape(3, 32, 32), 10);
    Dataset wide = Dataset.open(folder.toString(), hadoop());
    assertThatThrownBy(() -> evaluated(outcome, Optional.of(wide), Optional.empty()))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot evaluate the run on %s: it holds images of 3x32x32 in 10 classes and the network takes images of 1x28x28 in 10 classes; name another dataset."
                .formatted(wide.root()));
  }

  @Test
  void aDatasetThatIsNoLongerTheRunsIsRefused() throws IOException {
    Dataset own = prepared(new GeneratedDigits(4, 60, 60));
    RunOutcome outcome =
        runs.run(runs.experiment("epochs=1\ndata=\"%s\"".formatted(own.root())), output);
    Path place = Path.of(own.root().substring(5));
    Files.move(place, output.resolve("elsewhere"));
    new PrepareDataset(runs.spark(), new GeneratedDigits(5, 60, 60), own.root()).run();
    Dataset other = Dataset.open(own.root(), hadoop());
    assertThatThrownBy(() -> evaluated(outcome, Optional.empty(), Optional.empty()))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot evaluate %s: %s is not the dataset that it was trained on (its hash is %s and not %s); put that one back, or name where it lies now with --data."
                .formatted(outcome.folder(), other.root(), other.hash(), own.hash()));
  }

  @ParameterizedTest
  @ValueSource(strings = {RunFiles.PARAMETERS, RunFiles.MASKS, RunFiles.NETWORK, "results.parquet"})
  void aFileThatIsNotWhatTheRunPublishedIsRefused(String name) throws IOException {
    RunOutcome outcome = runs.run(runs.experiment("epochs=1\n" + PRUNED), output);
    Path file = damaged(outcome.folder(), name);
    StoredRun run = stored(outcome.folder());
    assertThatThrownBy(() -> run.model(OptionalDouble.empty()))
        .isInstanceOf(Refusal.class)
        .hasMessageMatching(damage(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {RunFiles.PARAMETERS, RunFiles.NETWORK})
  void aDamagedStartIsRefused(String name) throws IOException {
    RunOutcome outcome = runs.run(runs.experiment("epochs=1\n" + PRUNED), output);
    Path export = exported(outcome, OptionalDouble.empty());
    for (String folder : List.of(outcome.folder(), export.toString())) {
      Path file = damaged(folder, name);
      assertThatThrownBy(() -> runs.experiment("start=\"%s\"".formatted(folder)))
          .isInstanceOf(Refusal.class)
          .hasMessageMatching(damage(file));
    }
  }

  @Test
  void damagedMasksAreRefused() throws IOException {
    RunOutcome outcome = runs.run(runs.experiment("epochs=1\n" + PRUNED), output);
    Path export = exported(outcome, OptionalDouble.empty());
    Path other = GivenMasks.ofLeNet300100().writtenTo(output.resolve("other.bin"));
    for (String folder : List.of(outcome.folder(), export.toString())) {
      Path file = local(folder).resolve(RunFiles.MASKS);
      Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
      for (String place : List.of(folder, file.toString())) {
        assertThatThrownBy(
                () -> runs.experiment("sparsity{method=fixed,masks=\"%s\"}".formatted(place)))
            .isInstanceOf(Refusal.class)
            .hasMessageMatching(damage(file));
      }
    }
  }

  @Test
  void aFolderWithoutItsManifestIsNotFinished() throws IOException {
    RunOutcome outcome = runs.run(runs.experiment("epochs=1\n" + PRUNED), output);
    Files.delete(local(outcome.folder()).resolve("manifest.json"));
    String sentence =
        "Cannot read %s: it has no manifest.json, so it was not finished, or was written by a version before manifests; name the folder of a finished run or of an export."
            .formatted(outcome.folder());
    assertThatThrownBy(() -> stored(outcome.folder())).hasMessage(sentence);
    assertThatThrownBy(
            () ->
                runs.experiment("sparsity{method=fixed,masks=\"%s\"}".formatted(outcome.folder())))
        .hasMessage(sentence);
  }

  @Test
  void masksOfARunWhoseWeightsWereDrawnMustBeExported() throws IOException {
    refusesMasks(
        runs.run(runs.experiment(VARIATIONAL), output), "variational-dropout", "--threshold T ");
    refusesMasks(runs.run(runs.experiment(L0), output), "l0", "");
  }

  private void refusesMasks(RunOutcome outcome, String method, String option) {
    for (String place : List.of(outcome.folder(), outcome.folder() + "/" + RunFiles.MASKS)) {
      assertThatThrownBy(
              () -> runs.experiment("sparsity{method=fixed,masks=\"%s\"}".formatted(place)))
          .isInstanceOf(Refusal.class)
          .hasMessage(
              "Cannot train with fixed masks of %s: it is a run of %s, which has masks only once it is exported; export it with ./espalier export --run %s %s--output FOLDER, and name that folder."
                  .formatted(outcome.folder(), method, outcome.folder(), option));
    }
  }

  @Test
  void theManifestTellsTheRunAndEveryFile() throws IOException {
    Experiment experiment = runs.experiment("epochs=1\n" + PRUNED);
    RunOutcome outcome = runs.run(experiment, output);
    Path export = exported(outcome, OptionalDouble.empty());
    RunManifest run = manifest(outcome.folder());
    assertThat(run.kind()).isEqualTo(RunManifest.Kind.RUN);
    assertThat(run.run().name()).isEqualTo(experiment.name());
    assertThat(run.run().hash()).isEqualTo(experiment.hash()).hasSize(64);
    assertThat(run.run().configuration())
        .containsEntry("sparsity.method", "magnitude")
        .containsEntry("data", experiment.dataset().hash());
    assertThat(run.run().parts()).hasSize(1);
    assertThat(run.run().parts().get(0).lastStep()).isEqualTo(10);
    assertThat(run.files())
        .containsOnlyKeys(
            "experiment.conf",
            "masks.bin",
            "network.json",
            "parameters.f32",
            "results.parquet",
            "rounds.parquet");
    RunManifest exported = manifest(export.toString());
    assertThat(exported.kind()).isEqualTo(RunManifest.Kind.EXPORT);
    assertThat(exported.run()).isEqualTo(run.run());
    assertThat(exported.files()).containsKeys("smtx/fc1_W.smtx", "parameters.f32", "masks.bin");
  }

  private RunManifest manifest(String folder) {
    return FinishedFolder.open(new org.apache.hadoop.fs.Path(folder), hadoop()).manifest();
  }

  private Path exported(RunOutcome outcome, OptionalDouble threshold) throws IOException {
    StoredRun run = stored(outcome.folder());
    Path export = output.resolve("export");
    new ModelExport(run.model(threshold), run.history())
        .publish(new org.apache.hadoop.fs.Path(export.toString()), hadoop());
    return export;
  }

  private static Path damaged(String folder, String name) throws IOException {
    Path file = local(folder).resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    return Files.write(file, bytes);
  }

  private static String damage(Path file) {
    return "Cannot read (file:)?%s: its SHA-256 is [0-9a-f]{64} and manifest\\.json says [0-9a-f]{64}; take another copy\\."
        .formatted(file);
  }

  private static Path local(String folder) {
    return Path.of(folder.startsWith("file:") ? folder.substring(5) : folder);
  }

  @Test
  void aDivergedRunHasNoNetwork() throws IOException {
    RunOutcome outcome =
        runs.run(runs.experiment("optimiser{rule=nesterov,learningRate=900000}"), output);
    StoredRun run = stored(outcome.folder());
    String sentence =
        "Cannot read a trained network from %s: the run diverged at step %d and left none; name one that came to its end."
            .formatted(
                outcome.folder(),
                outcome.points().get(0).measurement().divergedAtStep().orElseThrow());
    assertThatThrownBy(() -> run.experiment(Optional.empty(), Optional.empty()))
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence);
  }

  @Test
  void fixedMasksOfAnExportAreTrainedUnderFromItsWeights() throws IOException {
    RunOutcome learned = runs.run(runs.experiment(VARIATIONAL), output);
    SparseModel model = stored(learned.folder()).model(OptionalDouble.of(2));
    assertThat(model.masks().sparsity()).isBetween(0.01, 0.99);
    Path export = exported(learned, OptionalDouble.of(2));
    Experiment fixed =
        runs.experiment(
            "epochs=1\nsparsity{method=fixed,masks=\"%s\"}\nstart=\"%s\""
                .formatted(export, export));

    BuiltNetwork built = BuiltNetwork.of(fixed);
    assertThat(built.initial().vector().headBytes(built.parameters()))
        .isEqualTo(model.parameters().bytes());
    assertThat(built.initial().masks().sha256())
        .isEqualTo(model.masks().sha256())
        .isEqualTo(learned.points().get(2).provenance().model().masksSha256().orElseThrow());

    OperatingPoint trained = runs.run(fixed, output).points().get(0);
    assertThat(trained.provenance().model().masksSha256()).contains(model.masks().sha256());
    StoredRun stored = stored(output.resolve(fixed.name()).toString());
    Moved moved = Moved.between(model, stored.parameters());
    assertThat(moved.masked()).isZero();
    assertThat(moved.kept()).isPositive();
  }

  /** How many weights training has changed. */
  private record Moved(int masked, int kept) {
    static Moved between(SparseModel before, FlatVector after) {
      int masked = 0;
      int kept = 0;
      for (var tensor : before.tensors()) {
        Mask mask = before.masks().mask(tensor.name());
        for (int i = 0; i < tensor.length(); i++) {
          int at = tensor.offset() + i;
          if (before.parameters().values().get(at) != after.values().get(at)) {
            masked += mask.isKept(i) ? 0 : 1;
            kept += mask.isKept(i) ? 1 : 0;
          }
        }
      }
      return new Moved(masked, kept);
    }
  }

  @Test
  void whatBelongsToAnotherNetworkIsRefused() throws IOException {
    Path file = GivenMasks.ofLeNet300100().writtenTo(output.resolve("masks.bin"));
    Experiment otherMasks =
        runs.experiment(
            "network=lenet-5-caffe\nsparsity{method=fixed,masks=\"%s\"}".formatted(file));
    assertThatThrownBy(() -> runs.run(otherMasks, output))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot use the mask of fc1/W: it has 235200 weights and the network's tensor 400000; take masks of the same network.");

    RunOutcome drawn = runs.run(runs.experiment("epochs=2\n" + L0), output);
    Experiment otherWeights = runs.experiment("start=\"%s\"".formatted(drawn.folder()));
    assertThatThrownBy(() -> runs.run(otherWeights, output))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot start from 532810 parameters: lenet-300-100 with sparsity.method = dense has 266610; name a run of the same network, or export one whose weights were drawn.");
    Experiment otherMethod =
        runs.experiment("start=\"%s\"\n".formatted(drawn.folder()) + VARIATIONAL);
    assertThatThrownBy(() -> runs.run(otherMethod, output))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Cannot start from a network with the parameters [")
        .hasMessageContaining("]: lenet-300-100 with sparsity.method = variational-dropout has [")
        .hasMessageEndingWith("]; name a run of the same network and method, or an export.");
  }

  private static String trainedOn(RunOutcome outcome) {
    return outcome.points().get(0).provenance().dataHash();
  }

  private List<OperatingPoint> evaluated(
      RunOutcome outcome, Optional<Dataset> given, Optional<String> thresholds) {
    StoredRun run = stored(outcome.folder());
    Experiment experiment = run.experiment(given, thresholds);
    Dataset data = given.orElse(experiment.dataset());
    return new StoredEvaluation(runs.spark(), run, experiment, data).points();
  }

  private Dataset prepared(GeneratedDigits digits) throws IOException {
    String folder = output.resolve("data-" + digits.rows().get(Split.TRAIN)).toString();
    new PrepareDataset(runs.spark(), digits, folder).run();
    return Dataset.open(folder, hadoop());
  }

  private static StoredRun stored(String folder) {
    return StoredRun.in(new org.apache.hadoop.fs.Path(folder), hadoop());
  }

  private static Configuration hadoop() {
    return runs.spark().hadoopConfiguration();
  }
}
