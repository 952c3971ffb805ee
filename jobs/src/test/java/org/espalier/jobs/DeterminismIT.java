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

/** One, two and eight executor JVMs train the same bits, and so do those that are left. */
class DeterminismIT {
  private static final int PATIENCE_SECONDS = 120;

  /** CPU time by which an executor has started and trains. */
  private static final Duration AT_WORK = Duration.ofSeconds(7);

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

  @Test
  void theLossOfAnExecutorDoesNotShowInABit() throws Exception {
    String whole = finalLine("local[*]", "epochs=30");
    CompletableFuture<Boolean> killed =
        CompletableFuture.supplyAsync(DeterminismIT::killAnExecutorAtWork);
    assertThat(finalLine("local-cluster[2,1,1024]", "epochs=30")).isEqualTo(whole);
    assertThat(killed).isCompletedWithValue(true);
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

  private static String finalLine(String master, String... more) throws Exception {
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
                "epochs=2",
                "averaging.frequency=5",
                "sparsity.method=magnitude",
                "sparsity.target=0.9",
                "sparsity.begin=4",
                "sparsity.end=24",
                "sparsity.frequency=4"));
    arguments.addAll(List.of(more));
    Launched trained = Launched.espalier(folder, arguments.toArray(String[]::new));
    assertThat(trained.exit()).as(trained.err()).isZero();
    return trained.out().strip();
  }
}
