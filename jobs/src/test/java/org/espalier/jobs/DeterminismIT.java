package org.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One, two and eight executor JVMs train the same bits. */
class DeterminismIT {
  @TempDir private static Path folder;

  @BeforeAll
  static void prepareDigits() throws Exception {
    Launched prepared =
        Launched.espalier(
            folder,
            "prepare",
            "digits",
            "--train",
            "2048",
            "--test",
            "500",
            "--rows-per-group",
            "100",
            "--output",
            "digits");
    assertThat(prepared.exit()).as(prepared.err()).isZero();
  }

  @Test
  void theNumberOfExecutorsDoesNotShowInABit() throws Exception {
    String one = finalLine("local-cluster[1,1,1024]");
    assertThat(one)
        .matches(
            "final: accuracy=0\\.\\d{4} sparsity=0\\.\\d{6} parameters=sha256:[0-9a-f]{64} masks=sha256:[0-9a-f]{64}");
    assertThat(finalLine("local-cluster[2,1,1024]")).isEqualTo(one);
    assertThat(finalLine("local-cluster[8,1,1024]")).isEqualTo(one);
    assertThat(finalLine("local[*]")).isEqualTo(one);
  }

  private static String finalLine(String master) throws Exception {
    Path runs = Files.createTempDirectory(folder, "runs");
    Launched trained =
        Launched.espalier(
            folder,
            "train",
            "--master",
            master,
            "--output",
            runs.toString(),
            "data=digits",
            "workers=8",
            "batch=128",
            "epochs=2",
            "averaging.frequency=5",
            "sparsity.method=magnitude",
            "sparsity.target=0.9",
            "sparsity.begin=4",
            "sparsity.end=24",
            "sparsity.frequency=4");
    assertThat(trained.exit()).as(trained.err()).isZero();
    return trained.out().strip();
  }
}
