package org.espalier.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.espalier.jobs.shell.CommandRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkBenchTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0", "1.0", "90.0", "-0.5"})
  void aStepIsMeasuredAtSparsitiesBetween0And1(String sparsity) {
    assertThat(refusal("--sparsity=0.9," + sparsity))
        .contains(
            "Cannot measure a step at a sparsity of %s: it must be above 0 and below 1."
                .formatted(sparsity));
  }

  @Test
  void maskedStepsAreNotComparedWithAnotherProgram() {
    assertThat(refusal("--sparsity=0.9", "--compare=peer.py"))
        .contains(
            "Cannot compare steps at sparsities of [0.9] with another program: masked steps take turns with the dense one; leave out --compare or --sparsity.");
  }

  private static String refusal(String... arguments) {
    PrintStream usual = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      assertThat(CommandRunner.run(new BenchKernels.LeNet300(), arguments)).isEqualTo(3);
    } finally {
      System.setErr(usual);
    }
    return err.toString(StandardCharsets.UTF_8);
  }
}
