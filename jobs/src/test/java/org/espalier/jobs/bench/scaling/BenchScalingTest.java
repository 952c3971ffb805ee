package org.espalier.jobs.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.espalier.jobs.shell.CommandRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** What {@code bench scaling} prints, draws and refuses. */
class BenchScalingTest {
  @TempDir private Path folder;

  /** What a command said, and its exit code. */
  private record Said(int exit, String out, String err) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workers=0 | 0 workers: there must be at least 1.",
        "--workers=8,-3 | -3 workers: there must be at least 1.",
        "--workers-per-executor=3 | 8 workers, 3 on each executor: choose a number of workers that is a multiple.",
        "--protocols=gossip | the protocol 'gossip': it is unknown; choose one of flat, two-level, parameters, driver, driver-tree, server, ring.",
        "--networks=vgg | the network 'vgg': it is unknown; choose one of resnet-50, transformer-base.",
        "--gigabits=0 | a link of 0.0 Gb/s: it must be above 0.",
        "--density=1.5 | a density of 1.5: it must be above 0 and at most 1.",
        "--latency=-1 | a latency of -1.0E-6 s: it must be at least 0.",
        "--cores=0 | executors of 0 cores: there must be at least 1.",
        "--frequency=0 | an averaging every 0 steps: choose 1 or more.",
        "--averagings=0 | 0 averagings: there must be at least 1.",
        "--workers-per-server=0 | 0 workers for each server: there must be at least 1.",
        "--stretch=0 | stretches of 0.0 s: it must be above 0.",
        "--spread=-1 | a spread of -1.0: it must be at least 0.",
        "--slow-probability=2 | slow steps with a probability of 2.0: it must be between 0 and 1.",
        "--hours-between-failures=0 | hosts that fail every 0.0 hours: it must be above 0.",
        "--checkpoint=0 | a checkpoint every 0.0 s: it must be above 0.",
      })
  void refuses(String option, String sentence) {
    Said said = option.startsWith("--workers=") ? ran(option) : ran("--workers=8", option);
    assertThat(said.exit()).as(said.err()).isEqualTo(3);
    assertThat(said.err().strip()).isEqualTo("espalier: Cannot simulate " + sentence);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void aPlotNeedsAFolder() {
    Path plot = folder.resolve("none/scaling.svg");
    Said said = ran("--plot=" + plot);
    assertThat(said.exit()).isEqualTo(3);
    assertThat(said.err().strip())
        .isEqualTo(
            "espalier: Cannot draw %s: its folder does not exist; name a file in one that does."
                .formatted(plot));
  }

  @Test
  void aTableForEachNetworkAndDensity() {
    Said said = ran("--workers=2,4", "--gigabits=10", "--protocols=flat,ring");
    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(said.out().lines().filter(line -> line.startsWith("| gradients"))).hasSize(8);
    assertThat(said.out().lines())
        .contains("resnet-50, density 1.0", "transformer-base, density 0.1");
  }

  @Test
  void figuresAsJson() throws Exception {
    Said said = ran("--workers=2", "--gigabits=10", "--protocols=flat", "--density=1", "--json");
    JsonNode line = new ObjectMapper().readTree(said.out());
    assertThat(line.get("status").asText()).isEqualTo("done");
    assertThat(line.get("machine").get("messageSeconds").asDouble()).isPositive();
    assertThat(line.get("figures")).hasSize(2);
    assertThat(line.get("figures").get(0).get("bytesPerExecutor").asLong()).isEqualTo(102_400_000);
  }

  @Test
  void aPlotHasALineForEachProtocolInEachPanel() throws Exception {
    Path plot = folder.resolve("scaling.svg");
    Said said = ran("--workers=2,4", "--gigabits=1,10", "--protocols=flat,ring", "--plot=" + plot);
    assertThat(said.exit()).as(said.err()).isZero();
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(plot));
    int panels = 2 * 2 * 2;
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(panels * 2 * 2);
    int grid = panels * 5;
    assertThat(document.getElementsByTagName("polyline").getLength())
        .isEqualTo(grid + panels * 2 + 2);
  }

  private static Said ran(String... arguments) {
    PrintStream usualOut = System.out;
    PrintStream usualErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exit = CommandRunner.run(new BenchScaling(), arguments);
      return new Said(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(usualOut);
      System.setErr(usualErr);
    }
  }
}
