package org.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One, two and eight executor JVMs train the same bits, and so do those that are left. */
class DeterminismIT {
  private static final int PATIENCE_SECONDS = 120;

  /** CPU time by which an executor has started and trains. */
  private static final Duration AT_WORK = Duration.ofSeconds(7);

  private static final List<String> MAGNITUDE =
      List.of(
          "sparsity.method=magnitude",
          "sparsity.target=0.9",
          "sparsity.begin=4",
          "sparsity.end=24",
          "sparsity.frequency=4");

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
    String one = finalLine("local-cluster[1,1,1024]", MAGNITUDE, "epochs=2");
    assertThat(one)
        .matches(
            "final: accuracy=0\\.\\d{4} sparsity=0\\.\\d{6} parameters=sha256:[0-9a-f]{64} masks=sha256:[0-9a-f]{64}");
    assertThat(finalLine("local-cluster[2,1,1024]", MAGNITUDE, "epochs=2")).isEqualTo(one);
    assertThat(finalLine("local-cluster[8,1,1024]", MAGNITUDE, "epochs=2")).isEqualTo(one);
    assertThat(finalLine("local[*]", MAGNITUDE, "epochs=2")).isEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(strings = {"variational-dropout", "l0"})
  void norDoesItWhereWeightsAreDrawn(String method) throws Exception {
    List<String> drawn = new ArrayList<>(List.of("sparsity.method=" + method));
    if (method.equals("variational-dropout")) {
      drawn.add("sparsity.thresholds=3");
    }
    String one = finalLine("local-cluster[1,1,1024]", drawn, "epochs=1");
    assertThat(one).contains("parameters=sha256:");
    assertThat(finalLine("local-cluster[2,1,1024]", drawn, "epochs=1")).isEqualTo(one);
    assertThat(finalLine("local-cluster[8,1,1024]", drawn, "epochs=1")).isEqualTo(one);
  }

  @Test
  void norDoesItWhereMaskedWeightsGetGradients() throws Exception {
    List<String> dense = new ArrayList<>(MAGNITUDE);
    dense.add("sparsity.maskedGradient=dense");
    assertThat(finalLine("local-cluster[2,1,1024]", dense, "epochs=2"))
        .isEqualTo(finalLine("local[*]", dense, "epochs=2"));
  }

  @Test
  void theLossOfAnExecutorDoesNotShowInABit() throws Exception {
    String whole = finalLine("local[*]", MAGNITUDE, "epochs=30");
    CompletableFuture<Boolean> killed =
        CompletableFuture.supplyAsync(DeterminismIT::killAnExecutorAtWork);
    Launched robbed = trained("local-cluster[2,1,1024]", MAGNITUDE, "epochs=30");
    assertThat(killed).isCompletedWithValue(true);
    assertThat(robbed.out().strip()).isEqualTo(whole);
    assertThat(robbed.err())
        .containsPattern("phases: \\d+ rounds in [0-9.]+ s, [1-9]\\d* run again");
  }

  private static boolean killAnExecutorAtWork() {
    for (int i = 0; i < PATIENCE_SECONDS; i++) {
      List<ProcessHandle> executors =
          ProcessHandle.current()
              .descendants()
              .filter(
                  process ->
                      process.info().commandLine().orElse("").contains("ExecutorBackend")
                          && hasWorked(process))
              .toList();
      if (executors.size() == 2) {
        return executors.get(0).destroyForcibly();
      }
      sleepASecond();
    }
    return false;
  }

  private static boolean hasWorked(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(AT_WORK) > 0;
  }

  private static void sleepASecond() {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String finalLine(String master, List<String> sparsity, String epochs)
      throws Exception {
    return trained(master, sparsity, epochs).out().strip();
  }

  private static Launched trained(String master, List<String> sparsity, String epochs)
      throws Exception {
    Path runs = Files.createTempDirectory(folder, "runs");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--master",
                master,
                "--output",
                runs.toString(),
                "data=digits",
                "workers=8",
                "batch=128",
                "averaging.frequency=5",
                epochs));
    arguments.addAll(sparsity);
    Launched trained = Launched.espalier(folder, arguments.toArray(String[]::new));
    assertThat(trained.exit()).as(trained.err()).isZero();
    return trained;
  }
}
