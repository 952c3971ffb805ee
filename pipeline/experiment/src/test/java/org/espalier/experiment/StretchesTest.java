package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.averaging.MaskedAveraging;
import org.espalier.averaging.RoundPlan;
import org.espalier.averaging.TrainingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Neither tasks nor the lengths of stretches show in a bit, whatever the method: ten steps of eight
 * workers, a mask update after the eighth.
 */
@Timeout(300)
class StretchesTest {
  private static final int HIDDEN = 24;
  private static final String COMMON =
      """
      network = mlp, mlp.hidden = "%d"
      workers = 8, batch = 40, epochs = 2, shuffleWindow = 20
      optimiser.weightDecay = 1e-4
      """
          .formatted(HIDDEN);
  private static final String GRADIENTS = "averaging{of=gradients,frequency=null},";
  private static final String PARAMETERS = "averaging{of=parameters,frequency=3},";
  private static final String PRUNING = "sparsity{method=%s,target=0.9,end=9,frequency=8";

  private static final List<String> PRUNED =
      List.of(
          PRUNING.formatted("magnitude"), PRUNING.formatted("random"), PRUNING.formatted("set"));
  private static final String RIGL = PRUNING.formatted("rigl");
  private static final List<String> DRAWN =
      List.of("sparsity{method=variational-dropout}", "sparsity{method=l0}");

  @TempDir private Path folder;

  @Test
  void neitherTasksNorStretchesShowInABit() throws IOException {
    GivenMasks.ofPerceptron(HIDDEN).writtenTo(folder.resolve("masks.bin"));
    List<String> gradients =
        Stream.concat(methods(), bothGradients(RIGL)).map(GRADIENTS::concat).toList();
    List<String> parameters = methods().map(PARAMETERS::concat).toList();
    List<String> all = Stream.concat(gradients.stream(), parameters.stream()).toList();
    Map<String, String> whole = trained("local[1]", 1000, all);
    assertThat(whole.values()).doesNotHaveDuplicates();
    assertThat(trained("local[2]", 7, all)).isEqualTo(whole);
    assertThat(whole).containsAllEntriesOf(trained("local[4]", 1, gradients));
  }

  /** Hashes of vectors and masks, by configuration. */
  private Map<String, String> trained(String master, int stretch, List<String> configurations)
      throws IOException {
    Map<String, String> hashes = new LinkedHashMap<>();
    try (SmallRuns runs = SmallRuns.in(folder.resolve(master), master)) {
      for (String each : configurations) {
        hashes.put(each, trained(runs, runs.experiment(COMMON + each), stretch));
      }
    }
    return hashes;
  }

  private static String trained(SmallRuns runs, Experiment experiment, int stretch) {
    BuiltNetwork network = BuiltNetwork.of(experiment);
    try (PreparedRows rows = new PreparedRows(runs.spark(), experiment)) {
      TrainingState end =
          new MaskedAveraging(
                  runs.spark(),
                  experiment.name(),
                  network.trainers(),
                  network.vector(),
                  network.tensors(),
                  experiment.seed(),
                  rows.training(),
                  plan(experiment, stretch),
                  experiment.method(),
                  network.averaged())
              .train(network.initial(), (round, state) -> {});
      return end.vector().headSha256(end.vector().length()) + end.masks().sha256();
    }
  }

  private static RoundPlan plan(Experiment experiment, int stretch) {
    return experiment.averagesGradients()
        ? RoundPlan.ofStretches(experiment.steps(), () -> stretch, experiment.method()::due)
        : new RoundPlan(
            experiment.steps(), experiment.averagingFrequency(), experiment.method()::due);
  }

  /** All that can be trained by averaged parameters too. */
  private Stream<String> methods() {
    String fixed = "sparsity{method=fixed,masks=\"%s\"".formatted(folder.resolve("masks.bin"));
    return Stream.concat(
        Stream.concat(PRUNED.stream(), Stream.of(fixed)).flatMap(StretchesTest::bothGradients),
        DRAWN.stream());
  }

  private static Stream<String> bothGradients(String method) {
    return Stream.of("none", "dense").map(rule -> method + ",maskedGradient=" + rule + "}");
  }
}
