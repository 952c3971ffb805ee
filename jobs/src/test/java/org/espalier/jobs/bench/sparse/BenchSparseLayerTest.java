package org.espalier.jobs.bench.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.jobs.shell.CommandRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bench sparse-layer} prints, and what it refuses before it measures. */
class BenchSparseLayerTest {
  private static final String NUMBER = "[0-9]+\\.[0-9]+";
  private static final String SPREAD = "%s \\(%s to %s\\)".formatted(NUMBER, NUMBER, NUMBER);

  @TempDir private Path folder;

  /** What a command said, and its exit code. */
  private record Said(int exit, String out, String err) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--threads=0 | Cannot measure with 0 threads: choose 1 or more.",
        "--turns=0 | Cannot measure 0 turns of 1 ms after 0 s of warm-up: the first two must be at least 1 and the last not negative.",
        "--sparsity=0.5,1 | Cannot measure a layer at a sparsity of 1.0: it must be at least 0 and below 1.",
        "--mask=none.smtx | Cannot measure under the mask none.smtx: it cannot be read; name an .smtx file.",
      })
  void refuses(String option, String sentence) {
    requireRefused(ran(option), sentence);
  }

  @Test
  void aMaskIsOfOneMatrix() throws IOException {
    Path mask = mask();
    requireRefused(
        ran("--mask=" + mask, "--sparsity=0.5"),
        "Cannot measure under the mask %s: it has a sparsity of its own and is of one layer; leave out --sparsity and give at most one --shape."
            .formatted(mask));
    requireRefused(
        ran("--mask=" + mask, "--shape=2x3@7"),
        "Cannot use a mask of 2 x 3 weights for 2x3@7: its matrix [outputs, inputs] is 3 x 2; take the mask of the same tensor.");
  }

  @Test
  void aLineForEachLayerAndSparsityThenTheirBreakEven() {
    Said said = ran("--shape=8x4@5,16x8k3@3x3b2", "--sparsity=0.75,0.5");
    assertThat(said.exit()).as(said.err()).isZero();
    List<String> lines = said.out().lines().toList();
    assertThat(lines).hasSize(11);
    assertThat(lines.get(0))
        .isEqualTo(
            "| layer | sparsity | dense ms | sparse ms | ratio | forward | backward | GF/s | turning ms | turning ratio |");
    requireLine(lines.get(2), "8x4@5 | 0.500");
    requireLine(lines.get(3), "8x4@5 | 0.750");
    requireLine(lines.get(4), "16x8k3@3x3b2 | 0.500");
    requireLine(lines.get(5), "16x8k3@3x3b2 | 0.750");
    assertThat(lines.get(7)).isEqualTo("| layer | break-even | turning |");
    String sparsity = "(below |above )?0\\.[0-9]{2}";
    assertThat(lines.get(9)).matches("\\| 8x4@5 \\| %s \\| %s \\|".formatted(sparsity, sparsity));
    assertThat(said.err()).contains("kernels: fast kernels");
  }

  @Test
  void figuresAsJson() throws Exception {
    Said said = ran("--mask=" + mask(), "--threads=1", "--json");
    assertThat(said.exit()).as(said.err()).isZero();
    JsonNode line = new ObjectMapper().readTree(said.out());
    assertThat(line.get("status").asText()).isEqualTo("done");
    assertThat(line.get("threads").asInt()).isEqualTo(1);
    JsonNode figures = line.get("figures").get(0);
    assertThat(figures.get("shape").asText()).isEqualTo("3x2@512");
    assertThat(figures.get("sparsity").asDouble()).isEqualTo(0.5);
    for (String way : List.of("dense", "sparse", "turning")) {
      assertThat(figures.get(way).get("forwardSeconds").asDouble()).isPositive();
      assertThat(figures.get(way).get("backwardSeconds").asDouble()).isPositive();
      assertThat(figures.get(way).get("seconds").asDouble()).isPositive();
    }
    for (String ratio : List.of("ratio", "forwardRatio", "backwardRatio", "turningRatio")) {
      double median = figures.get(ratio).get("median").asDouble();
      assertThat(median)
          .isBetween(
              figures.get(ratio).get("lowest").asDouble(),
              figures.get(ratio).get("highest").asDouble());
    }
    assertThat(figures.get("gigaflops").asDouble()).isPositive();
    JsonNode breakEven = line.get("breakEven").get(0);
    assertThat(breakEven.get("shape").asText()).isEqualTo("3x2@512");
    assertThat(breakEven.get("sparse").get("where").asText()).isIn("below", "above");
    assertThat(breakEven.get("turning").get("sparsity").asDouble()).isEqualTo(0.5);
  }

  private Path mask() throws IOException {
    return Files.writeString(folder.resolve("layer.smtx"), "2, 3, 3\n0 1 3\n1 0 2\n");
  }

  private static void requireLine(String line, String beginning) {
    String ms = "[0-9]+\\.[0-9]{3}";
    assertThat(line).startsWith("| " + beginning + " | ");
    assertThat(line.substring(beginning.length() + 5))
        .matches(String.join(" \\| ", ms, ms, SPREAD, NUMBER, NUMBER, NUMBER, ms, SPREAD + " \\|"));
  }

  private static void requireRefused(Said said, String sentence) {
    assertThat(said.exit()).as(said.err()).isEqualTo(3);
    assertThat(said.err().strip()).isEqualTo("espalier: " + sentence);
    assertThat(said.out()).isEmpty();
  }

  private static Said ran(String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    for (String quick : List.of("--turns=2", "--turn=1", "--warm-up=0")) {
      String name = quick.substring(0, quick.indexOf('=') + 1);
      if (arguments.stream().noneMatch(given -> given.startsWith(name))) {
        arguments.add(quick);
      }
    }
    PrintStream usualOut = System.out;
    PrintStream usualErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exit = CommandRunner.run(new BenchSparseLayer(), arguments.toArray(String[]::new));
      return new Said(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(usualOut);
      System.setErr(usualErr);
    }
  }
}
