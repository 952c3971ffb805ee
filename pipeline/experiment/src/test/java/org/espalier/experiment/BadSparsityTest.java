package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.espalier.base.Refusal;
import org.espalier.sparsity.Mask;
import org.espalier.sparsity.MaskSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong in the {@code sparsity} section is said in one sentence, before any work. */
class BadSparsityTest {
  private static final String TWENTY_STEPS = "workers=2\nbatch=100\nepochs=1\n";

  @TempDir private Path folder;

  @BeforeEach
  void writeManifest() throws IOException {
    ManifestOnly.write(folder, 1000, 1000);
  }

  @Test
  void anUnknownMethodIsAnsweredWithTheKnownOnes() {
    refuses(
        "sparsity{method=magnitud,target=0.9}",
        "Cannot use sparsity.method = magnitud: it is unknown; choose one of dense, magnitude, random, set, rigl, fixed, variational-dropout, l0.");
  }

  @Test
  void anUnknownMethodIsNamedBeforeItsSettingsAre() {
    refuses(
        "sparsity{method=variational,thresholds=[3],penalty.weight=0.1}",
        "Cannot use sparsity.method = variational: it is unknown; choose one of dense, magnitude, random, set, rigl, fixed, variational-dropout, l0.");
  }

  @Test
  void thresholdsMustBeNumbers() {
    String expected =
        "Cannot use sparsity.thresholds = %s: it must be one or more different numbers with commas between them, such as 0, 0.5, 1.";
    for (String nothing : new String[] {"[]", "\"\"", "\" \""}) {
      refuses("sparsity.thresholds=" + nothing, expected.formatted("(nothing)"));
    }
    refuses("sparsity.thresholds=[3, high]", expected.formatted("3, high"));
    refuses("sparsity.thresholds=\"3,,2\"", expected.formatted("3,,2"));
    refuses("sparsity.thresholds=NaN", expected.formatted("NaN"));
    refuses("sparsity.thresholds=\"3, 3.0\"", expected.formatted("3, 3.0"));
    refuses("sparsity.thresholds=[3, Infinity]", expected.formatted("3, Infinity"));
  }

  @Test
  void aTargetOutsideOfItsRangeIsRefused() {
    for (String target : new String[] {"1", "-0.1", "NaN"}) {
      refuses(
          "sparsity{method=magnitude,target=%s}".formatted(target),
          "Cannot use sparsity.target = %s: it must be a number of at least 0 and below 1."
              .formatted(target));
    }
  }

  @Test
  void anOverrideForATensorThatDoesNotExistIsRefused() {
    Experiment experiment =
        experiment(
            TWENTY_STEPS
                + "sparsity{method=magnitude,target=0.9,end=20,frequency=5,tensors{\"fc9/W\"=0.5}}");
    assertThatThrownBy(
            () ->
                ExperimentRun.check(
                    experiment,
                    Checkpointing.usual(),
                    folder.resolve("runs").toString(),
                    new Configuration()))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Cannot find a sparse tensor fc9/W in this network: it has 3, the nearest are fc1/W, fc2/W, fc3/W.");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void anOverrideOutsideOfItsRangeIsRefused() {
    refuses(
        "sparsity{method=magnitude,target=0.9,tensors{\"fc1/W\"=1}}",
        "Cannot use sparsity.tensors.fc1/W = 1: it must be a number of at least 0 and below 1.");
  }

  @Test
  void aRampMustEndAfterItBegins() {
    for (String kind : new String[] {"linear", "cubic"}) {
      for (int end : new int[] {9, 10}) {
        refuses(
            "sparsity{method=l0,penalty{ramp=%s,begin=10,end=%d}}".formatted(kind, end),
            "Cannot ramp the penalty up from step 10 to step %d: sparsity.penalty.end must lie after sparsity.penalty.begin."
                .formatted(end));
      }
    }
  }

  @Test
  void aRampMustEndBeforeTrainingDoes() {
    String section = "sparsity{method=variational-dropout,penalty{ramp=linear,begin=10,end=%d}}";
    refuses(
        TWENTY_STEPS + section.formatted(21),
        "Cannot ramp the penalty up until step 21: training ends at step 20; end the ramp earlier or train longer.");
    assertThat(experiment(TWENTY_STEPS + section.formatted(20)).steps()).isEqualTo(20);
  }

  @Test
  void stepsOfARampNeedARamp() {
    refuses(
        "sparsity{method=l0,penalty{ramp=constant,begin=0,end=10}}",
        "Cannot ramp the penalty up from step 0 to step 10 with sparsity.penalty.ramp = constant: choose linear or cubic, or remove both steps.");
  }

  @Test
  void aStairOfAPenaltyNeedsARamp() {
    refuses(
        "sparsity{method=l0,penalty.stair=10}",
        "Cannot use sparsity.penalty.stair = 10 with sparsity.penalty.ramp = constant: the weight does not change; choose linear or cubic, or remove it.");
  }

  @Test
  void settingsOfDrawnWeightsAreRefusedForMaskingMethods() {
    String magnitude = "sparsity{method=magnitude,target=0.9,end=20,%s}";
    String expected =
        "Cannot use sparsity.%s with sparsity.method = magnitude: it is a setting of %s; remove it.";
    for (String penalty :
        new String[] {"penalty.ramp=linear", "penalty.weight=2", "penalty.end=5"}) {
      String key = penalty.substring(0, penalty.indexOf('='));
      refuses(magnitude.formatted(penalty), expected.formatted(key, "variational-dropout and l0"));
    }
    refuses(
        magnitude.formatted("thresholds=[3]"),
        expected.formatted("thresholds", "variational-dropout"));
    refuses(magnitude.formatted("initialLogAlpha=3"), expected.formatted("initialLogAlpha", "l0"));
  }

  @Test
  void settingsOfPruningAreRefusedForMethodsThatDoNotPrune() {
    for (String method : new String[] {"dense", "l0"}) {
      for (String setting :
          new String[] {
            "schedule=constant",
            "distribution=global",
            "begin=3",
            "end=30",
            "frequency=7",
            "endRule=clampToEnd"
          }) {
        String key = setting.substring(0, setting.indexOf('='));
        refuses(
            "sparsity{method=%s,%s}".formatted(method, setting),
            "Cannot use sparsity.%s with sparsity.method = %s: it is a setting of %s; remove it."
                .formatted(
                    key,
                    method,
                    key.equals("schedule")
                        ? "magnitude and random"
                        : "magnitude, random, set and rigl"));
      }
    }
    refuses(
        "sparsity{method=l0,tensors{\"fc1/W\"=0.5}}",
        "Cannot use sparsity.tensors with sparsity.method = l0: it is a setting of magnitude, random, set and rigl; remove it.");
    refuses(
        "sparsity{method=dense,maskedGradient=dense}",
        "Cannot use sparsity.maskedGradient with sparsity.method = dense: it is a setting of magnitude, random, set, rigl and fixed; remove it.");
  }

  @Test
  void settingsOfOneMethodOfDrawnWeightsAreRefusedForTheOther() {
    refuses(
        "sparsity{method=l0,thresholds=[3]}",
        "Cannot use sparsity.thresholds with sparsity.method = l0: it is a setting of variational-dropout; remove it.");
    refuses(
        "sparsity{method=l0,initialLogSigma2=-8}",
        "Cannot use sparsity.initialLogSigma2 with sparsity.method = l0: it is a setting of variational-dropout; remove it.");
    refuses(
        "sparsity{method=variational-dropout,initialLogAlpha=3}",
        "Cannot use sparsity.initialLogAlpha with sparsity.method = variational-dropout: it is a setting of l0; remove it.");
  }

  @Test
  void aTargetIsRefusedWhereSparsityFollowsFromSomethingElse() {
    refuses(
        "sparsity{method=l0,target=0.9}",
        "Cannot reach sparsity.target = 0.9 with sparsity.method = l0: its sparsity follows from sparsity.penalty.weight; remove the target.");
  }

  @Test
  void aPenaltyIsNotNegative() {
    refuses(
        "sparsity{method=l0,penalty.weight=-0.1}",
        "Cannot use sparsity.penalty.weight = -0.1: it must be a number of at least 0.");
  }

  @Test
  void givenMasksAreForTheMethodFixed() throws IOException {
    Path masks = GivenMasks.ofLeNet300100().writtenTo(folder.resolve("masks.bin"));
    for (String method : new String[] {"magnitude", "l0", "dense"}) {
      refuses(
          "sparsity{method=%s,masks=\"%s\"}".formatted(method, masks),
          "Cannot use sparsity.masks with sparsity.method = %s: given masks are for the method fixed; remove them or choose it."
              .formatted(method));
    }
  }

  @Test
  void theMethodFixedNeedsMasks() {
    refuses(
        "sparsity.method=fixed",
        "Cannot train with fixed masks without any: name a mask file or a run to take them from.");
  }

  @Test
  void theMethodFixedHasTheSparsityOfItsMasks() throws IOException {
    Path masks = GivenMasks.ofLeNet300100().writtenTo(folder.resolve("masks.bin"));
    refuses(
        "sparsity{method=fixed,target=0.9,masks=\"%s\"}".formatted(masks),
        "Cannot reach sparsity.target = 0.9 with sparsity.method = fixed: its sparsity is that of sparsity.masks; remove the target.");
  }

  @Test
  void masksAndWeightsAreLookedForBeforeAnyWork() throws IOException {
    Path missing = folder.resolve("nothing");
    refuses(
        "start=\"%s\"".formatted(missing),
        "Cannot read %s: there is no such folder; name that of a finished run or of an export."
            .formatted(missing));
    refuses(
        "sparsity{method=fixed,masks=\"%s\"}".formatted(missing),
        "Cannot read masks from %s: it is not there; name a mask file, or the folder of a finished run or of an export."
            .formatted(missing));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    String unfinished =
        "Cannot read %s: it has no manifest.json, so it was not finished, or was written by a version before manifests; name the folder of a finished run or of an export."
            .formatted(empty);
    refuses("start=\"%s\"".formatted(empty), unfinished);
    refuses("sparsity{method=fixed,masks=\"%s\"}".formatted(empty), unfinished);
  }

  @Test
  void masksThatKeepEveryWeightAreRefused() throws IOException {
    Path file =
        new GivenMasks(MaskSet.of(Map.of("fc1/W", Mask.all(9)))).writtenTo(folder.resolve("m"));
    refuses(
        "sparsity{method=fixed,masks=\"%s\"}".formatted(file),
        "Cannot train with fixed masks of %s: they keep every weight; name others, or choose sparsity.method = dense."
            .formatted(file));
  }

  private void refuses(String hocon, String sentence) {
    assertThatThrownBy(() -> experiment(hocon))
        .as(hocon)
        .isInstanceOf(Refusal.class)
        .hasMessage(sentence);
  }

  private Experiment experiment(String hocon) {
    return Experiment.resolve(
        ConfigFactory.parseString(hocon)
            .withFallback(ConfigFactory.parseMap(Map.of("data", folder.toString()))),
        new Configuration());
  }
}
