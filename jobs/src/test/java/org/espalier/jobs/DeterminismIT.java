package org.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One, two and eight executor JVMs train the same bits, and so do those that are left. */
class DeterminismIT {
  private static final int PATIENCE_MILLIS = 240_000;
  private static final int NAP_MILLIS = 200;
  private static final String EVERY_FIVE = "averaging.frequency=5";
  private static final List<String> MAGNITUDE =
      List.of(
          EVERY_FIVE,
          "sparsity.method=magnitude",
          "sparsity.target=0.9",
          "sparsity.begin=4",
          "sparsity.end=24",
          "sparsity.frequency=4");

  @TempDir private static Path folder;

  @BeforeAll
  static void prepareDigits() throws Exception {
    Launched.prepareDigits(folder, 2048, 500, 100);
  }

  /**
   * One after the other in one Spark application each, since executors take long to start; eight
   * exchange in two groups.
   */
  @Test
  void theNumberOfExecutorsDoesNotShowInABit() throws Exception {
    List<Path> files = experiments();
    List<String> one = finalLines("local-cluster[1,1,1024]", files);
    assertThat(one).hasSameSizeAs(files).doesNotHaveDuplicates();
    assertThat(one)
        .allMatch(
            line ->
                line.matches(
                    "final: (threshold=3.0 )?accuracy=0\\.\\d{4} sparsity=0\\.\\d{6} parameters=sha256:[0-9a-f]{64} masks=sha256:[0-9a-f]{64}"));
    assertThat(finalLines("local-cluster[2,1,1024]", files)).isEqualTo(one);
    assertThat(
            finalLines(
                "local-cluster[8,1,1024]",
                files,
                "--spark-conf",
                "spark.espalier.exchange.groupsAbove=4"))
        .isEqualTo(one);
  }

  private static List<Path> experiments() throws IOException {
    List<String> dense = new ArrayList<>(MAGNITUDE);
    dense.add("sparsity.maskedGradient=dense");
    List<String> gradients = new ArrayList<>(MAGNITUDE);
    gradients.set(0, "averaging.of=gradients");
    List<String> rigl =
        List.of(
            "averaging.of=gradients",
            "sparsity.method=rigl",
            "sparsity.target=0.9",
            "sparsity.end=24",
            "sparsity.frequency=4");
    return List.of(
        file("magnitude", MAGNITUDE),
        file("masked-weights-get-gradients", dense),
        file(
            "variational-dropout",
            List.of(EVERY_FIVE, "sparsity.method=variational-dropout", "sparsity.thresholds=3")),
        file("l0", List.of(EVERY_FIVE, "sparsity.method=l0")),
        file("averaged-gradients", gradients),
        file("rigl", rigl));
  }

  private static Path file(String name, List<String> keys) throws IOException {
    return Files.writeString(folder.resolve(name + ".conf"), String.join("\n", keys));
  }

  private static List<String> finalLines(String master, List<Path> files, String... more)
      throws Exception {
    List<String> options = new ArrayList<>(List.of(more));
    files.forEach(file -> options.addAll(List.of("--conf", file.toString())));
    Launched trained =
        trained(folder, master, List.of(), "epochs=2", options.toArray(String[]::new));
    assertThat(trained.err()).doesNotContain("the group has gone on");
    return trained.out().strip().lines().toList();
  }

  @Test
  void theLossOfExecutorsInTheMiddleOfRoundsDoesNotShowInABit() throws Exception {
    String whole = finalLine("local[*]", MAGNITUDE, "epochs=30");
    Path scratch = Files.createDirectory(folder.resolve("robbed"));
    CompletableFuture<Boolean> killed =
        CompletableFuture.supplyAsync(
            () -> killAnExecutorIn("round 20", scratch) && killAnExecutorIn("round 60", scratch));
    Launched robbed =
        trained(scratch, "local-cluster[2,1,1024]", MAGNITUDE, "epochs=30", "--verbose");
    assertThat(killed).isCompletedWithValue(true);
    assertThat(robbed.out().strip()).isEqualTo(whole);
    assertThat(robbed.err())
        .containsPattern("phases: \\d+ rounds in [0-9.]+ s, [1-9]\\d* run again");
  }

  /** Waits for Spark's log to say that a round has begun, and ends one of the executors. */
  private static boolean killAnExecutorIn(String round, Path scratch) {
    for (int i = 0; i < PATIENCE_MILLIS; i += NAP_MILLIS) {
      if (logs(scratch).contains("Starting job: " + round + " of ")) {
        return ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().commandLine().orElse("").contains("ExecutorBackend"))
            .findFirst()
            .filter(ProcessHandle::destroyForcibly)
            .isPresent();
      }
      sleep();
    }
    return false;
  }

  private static String logs(Path scratch) {
    try (Stream<Path> files = Files.list(scratch)) {
      StringBuilder logs = new StringBuilder();
      for (Path file : files.filter(name -> name.toString().endsWith(".log")).toList()) {
        logs.append(Files.readString(file));
      }
      return logs.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(NAP_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String finalLine(String master, List<String> sparsity, String epochs)
      throws Exception {
    return trained(folder, master, sparsity, epochs).out().strip();
  }

  private static Launched trained(
      Path scratch, String master, List<String> sparsity, String epochs, String... options)
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
                "data=" + folder.resolve("digits"),
                "workers=8",
                "batch=128",
                epochs));
    arguments.addAll(sparsity);
    arguments.addAll(1, List.of(options));
    Launched trained = Launched.espalier(scratch, arguments.toArray(String[]::new));
    assertThat(trained.exit()).as(trained.err()).isZero();
    return trained;
  }
}
