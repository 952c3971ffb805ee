package org.espalier.jobs.bench;

import java.util.Map;
import org.espalier.base.Refusal;
import org.espalier.jobs.shell.Console;
import picocli.CommandLine.Option;

/** Measures the training step of a network on sequences. */
abstract class SequenceBench extends NetworkBench {
  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Tokens of a sequence (default: ${DEFAULT-VALUE}).")
  private int length = 64;

  SequenceBench(KernelWorkload workload) {
    super(workload);
  }

  @Override
  BatchSize size() {
    return new BatchSize(batch(), length);
  }

  @Override
  protected Map<String, Object> measure(Console console) {
    if (length < 2) {
      throw new Refusal(
          "Cannot measure steps on sequences of %d tokens: --length must be at least 2."
              .formatted(length));
    }
    return super.measure(console);
  }
}
