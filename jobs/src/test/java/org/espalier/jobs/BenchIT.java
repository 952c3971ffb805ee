package org.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bench} prints, and what it refuses before it measures. */
class BenchIT {
  private static final String FIGURES = "[0-9]+\\.[0-9]{4} s/step [0-9]+\\.[0-9]{2} items/s";
  @TempDir private Path folder;

  @Test
  void anUnknownWorkloadIsWrongUsage() throws Exception {
    Launched wrong = Launched.espalier(folder, "bench", "lenet301");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("lenet301").contains("lenet300");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void unknownKernelsAreRefused() throws Exception {
    requireRefused(
        bench("--kernels", "nope"),
        "espalier: Cannot choose the kernels 'nope': they are unknown; choose one of auto, reference.");
  }

  @Test
  void anEmptyBatchIsRefused() throws Exception {
    requireRefused(
        bench("--batch", "0", "--threads", "2"),
        "espalier: Cannot measure 1 steps of 0 examples with 2 threads in 1 rounds: all must be at least 1.");
  }

  @Test
  void aMissingProgramIsRefused() throws Exception {
    requireRefused(
        bench("--compare", "peer.py"),
        "espalier: Cannot compare with peer.py: there is no such file; name a program that prints 'workload seconds s/step items items/s'.");
  }

  @Test
  void aWorkloadIsOneLine() throws Exception {
    Launched done = bench("--batch", "2");
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(done.out().lines()).hasSize(1).first().asString().matches("lenet300 b2 " + FIGURES);
    assertThat(done.err())
        .contains("kernels: fast kernels")
        .containsPattern("memory of the workload: heap [0-9.-]+, off-heap [0-9.]+ MiB");
  }

  @Test
  void aSoakSaysWhatTheProcessHolds() throws Exception {
    Launched done = bench("--batch", "2", "--soak", "3");
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(done.out().lines().toList().get(1))
        .matches(
            "memory over 3 steps, MiB: heap [0-9.]+ to [0-9.]+, off-heap [0-9.]+ to [0-9.]+, resident [0-9]+ to [0-9]+");
    requireRefused(
        bench("--soak", "-1"), "espalier: Cannot repeat a step -1 times: choose 1 or more.");
  }

  @Test
  void referenceKernelsRunWhereTheyAreAskedFor() throws Exception {
    Launched done = bench("--batch", "1", "--kernels", "reference", "--json");
    assertThat(done.exit()).as(done.err()).isZero();
    JsonNode line = new ObjectMapper().readTree(done.out());
    assertThat(line.get("status").asText()).isEqualTo("done");
    assertThat(line.get("workload").asText()).isEqualTo("lenet300");
    assertThat(line.get("kernels").asText()).isEqualTo("kernels: reference kernels (plain Java)");
    assertThat(line.get("secondsPerStep").asDouble()).isPositive();
    assertThat(line.get("memory").get("offHeap").asLong()).isGreaterThan(3 * 266_610 * 4);
  }

  @Test
  void anotherProgramTakesTurnsAndIsDividedBy() throws Exception {
    program("echo \"$1 $2 $3 $4 $5 1000.0000 s/step 0.01 items/s\"");
    Launched done =
        bench("--batch", "3", "--compare", "peer.sh", "--python", "sh", "--rounds", "2");
    assertThat(done.exit()).as(done.err()).isZero();
    String peer = "peer  lenet300 --batch 3 --steps 1 1000.0000 s/step 0.01 items/s";
    List<String> lines = done.out().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).isEqualTo(peer);
    assertThat(lines.get(1)).matches("ours {2}lenet300 b3 " + FIGURES);
    assertThat(lines.get(2)).isEqualTo(peer);
    assertThat(lines.get(3)).matches("ours {2}lenet300 b3 " + FIGURES);
    assertThat(lines.get(4)).isEqualTo("ratio 0.000 (0.000 to 0.000 in 2 rounds)");
  }

  @Test
  void nonsenseOfAnotherProgramIsRepeated() throws Exception {
    program("echo lenet300 is quick");
    requireRefused(
        bench("--compare", "peer.sh", "--python", "sh"),
        "espalier: Cannot compare with peer.sh: it ended with 0 and printed no line of the expected form for lenet300, but: lenet300 is quick");
  }

  @Test
  void aProgramThatFailsIsRefusedWhateverItPrinted() throws Exception {
    program("echo lenet300 0.1000 s/step 10.00 items/s; exit 7");
    requireRefused(
        bench("--compare", "peer.sh", "--python", "sh"),
        "espalier: Cannot compare with peer.sh: it ended with 7 and printed no line of the expected form for lenet300, but: lenet300 0.1000 s/step 10.00 items/s");
  }

  private Launched bench(String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("bench", "lenet300", "--steps", "1"));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--rounds")) {
      arguments.addAll(List.of("--rounds", "1"));
    }
    return Launched.espalier(folder, arguments.toArray(String[]::new));
  }

  private void program(String line) throws IOException {
    Files.writeString(folder.resolve("peer.sh"), line + "\n");
  }

  private static void requireRefused(Launched launched, String sentence) {
    assertThat(launched.exit()).as(launched.err()).isEqualTo(3);
    assertThat(launched.err().lines().filter(line -> line.startsWith("espalier: ")))
        .containsExactly(sentence);
    assertThat(launched.out()).isEmpty();
  }
}
