package org.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.espalier.results.ResultsTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Driver and executors compute with one arithmetic, or not at all. */
class ArithmeticIT {
  @TempDir private static Path folder;

  @BeforeAll
  static void prepareDigits() throws Exception {
    Launched prepared =
        Launched.espalier(
            folder, "prepare", "digits", "--train", "64", "--test", "32", "--output", "digits");
    assertThat(prepared.exit()).as(prepared.err()).isZero();
  }

  @Test
  void anExecutorWithOtherKernelsOfBlasIsRefusedBeforeTheFirstRound() throws Exception {
    Launched refused =
        train(Map.of(), "refused", "--spark-conf", "spark.executorEnv.OPENBLAS_CORETYPE=Nehalem");
    assertThat(refused.exit()).as(refused.err()).isEqualTo(1);
    assertThat(refused.err())
        .containsPattern(
            "Cannot train: executor 0 on 127.0.0.1 computes with natives .*, BLAS Nehalem, .* and the driver with natives .*, BLAS (?!Nehalem).*, which gives other bits; use machines with CPUs of one type, and the same options for driver and executors.");
    assertThat(runs("refused")).isEmpty();
  }

  @Test
  void executorsRunTheKernelsThatTheDriverIsAskedForAndTheResultsSaySo() throws Exception {
    Launched trained =
        train(Map.of("ESPALIER_JAVA_OPTS", "-Despalier.kernels=reference"), "reference");
    assertThat(trained.exit()).as(trained.err()).isZero();
    assertThat(runs("reference"))
        .singleElement()
        .satisfies(run -> assertThat(platform(run)).endsWith("own kernels by reference"));
  }

  private static Launched train(Map<String, String> environment, String runs, String... options)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--master", "local-cluster[1,1,1024]", "--output", runs));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("data=digits", "workers=2", "batch=32", "epochs=1"));
    return Launched.espalier(folder, environment, arguments.toArray(String[]::new));
  }

  private static List<Path> runs(String output) throws IOException {
    Path runs = folder.resolve(output);
    if (!Files.exists(runs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(runs)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }

  private static String platform(Path run) {
    var results = new org.apache.hadoop.fs.Path(run.toUri());
    return ResultsTable.read(results, new Configuration())
        .rows()
        .get(0)
        .provenance()
        .parts()
        .get(0)
        .platform()
        .description();
  }
}
