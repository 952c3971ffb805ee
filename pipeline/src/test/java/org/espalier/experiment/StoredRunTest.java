package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.results.OperatingPoint;
import org.espalier.sparsity.Mask;
import org.espalier.training.FlatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a finished run leaves is evaluated, exported and trained again. */
class StoredRunTest extends OnSmallRuns {
  private static final String VARIATIONAL =
      "sparsity{method=variational-dropout,thresholds=[-1,0,2],penalty{ramp=linear,weight=0.01,begin=4,end=16}}";
  private static final String L0 = "sparsity{method=l0,initialLogAlpha=-2.39}";

  @TempDir private Path output;

  @Test
  void evaluatingAgainGivesTheRowsOfTheRun() throws IOException {
    for (String method : List.of(VARIATIONAL, L0)) {
      Experiment experiment = runs.experiment(method);
      RunOutcome outcome = runs.run(experiment, output);
      List<OperatingPoint> again =
          new StoredEvaluation(runs.spark(), experiment, stored(outcome.folder())).points();
      assertThat(again).hasSameSizeAs(outcome.points());
      for (int i = 0; i < again.size(); i++) {
        OperatingPoint before = outcome.points().get(i);
        assertThat(again.get(i).measurement()).isEqualTo(before.measurement());
        assertThat(again.get(i).setting()).isEqualTo(before.setting());
        assertThat(again.get(i).provenance().model()).isEqualTo(before.provenance().model());
      }
    }
  }

  @Test
  void fixedMasksOfAnExportAreTrainedUnderFromItsWeights() throws IOException {
    RunOutcome learned = runs.run(runs.experiment(VARIATIONAL), output);
    SparseModel model = stored(learned.folder()).model(OptionalDouble.of(2));
    assertThat(model.masks().sparsity()).isBetween(0.01, 0.99);
    Path export = output.resolve("export");
    model.publish(new org.apache.hadoop.fs.Path(export.toString()), hadoop());
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
  }

  private static StoredRun stored(String folder) {
    return StoredRun.in(new org.apache.hadoop.fs.Path(folder), hadoop());
  }

  private static Configuration hadoop() {
    return runs.spark().hadoopConfiguration();
  }
}
