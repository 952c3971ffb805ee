package org.espalier.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.base.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Residual networks with batch normalisation, whose running moments workers merge, on the cluster;
 * one of them on crops of JPEG images.
 */
@Timeout(300)
class ResidualRunsTest {
  private static final String COMMON =
      """
      network = wrn, wrn.depth = 10, wrn.width = 1
      input.mean = none, input.deviation = none
      workers = 4, batch = 40, epochs = 1, shuffleWindow = 20
      optimiser{schedule=constant, learningRate=0.05}
      """;
  private static final String PRUNING = "sparsity{method=%s,target=0.8,begin=2,end=4,frequency=1},";
  private static final String GRADIENTS = "averaging{of=gradients,frequency=null},";
  private static final String PARAMETERS = "averaging{of=parameters,frequency=2},";

  private static final List<String> CONFIGURATIONS =
      List.of(
          GRADIENTS + PRUNING.formatted("magnitude") + "products=sparse",
          GRADIENTS + PRUNING.formatted("rigl") + "products=auto",
          PARAMETERS + PRUNING.formatted("magnitude") + "products=sparse",
          PARAMETERS + "sparsity{method=variational-dropout}");

  @TempDir private Path folder;

  @Test
  void tasksDoNotShowInABitOfWeightsMasksOrMoments() throws IOException {
    Map<String, String> one = trained("local[1]");
    assertThat(one.values()).doesNotHaveDuplicates();
    assertThat(trained("local[2]")).isEqualTo(one);
  }

  private Map<String, String> trained(String master) throws IOException {
    Map<String, String> hashes = new LinkedHashMap<>();
    try (SmallRuns runs = SmallRuns.in(folder.resolve(master), master)) {
      for (String each : CONFIGURATIONS) {
        Path output = folder.resolve(master + "-runs");
        RunOutcome run = runs.run(runs.experiment(COMMON + each), output);
        hashes.put(each, hash(Path.of(run.folder().substring("file:".length()))));
      }
      String photographs = runs.prepared(new GeneratedPhotographs(96, 6, -1));
      RunOutcome run =
          runs.run(
              runs.experiment(JpegRunsTest.NETWORK.formatted(photographs)),
              folder.resolve(master + "-photographs"));
      hashes.put("photographs", hash(Path.of(run.folder().substring("file:".length()))));
    }
    return hashes;
  }

  private static String hash(Path run) throws IOException {
    return Sha256.of(Files.readAllBytes(run.resolve("parameters.f32")))
        + Sha256.of(Files.readAllBytes(run.resolve("masks.bin")));
  }
}
