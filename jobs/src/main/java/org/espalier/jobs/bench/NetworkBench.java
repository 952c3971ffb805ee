package org.espalier.jobs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.base.Refusal;
import org.espalier.dl4jspark.bench.Medians;
import org.espalier.dl4jspark.bench.MemoryHeld;
import org.espalier.jobs.shell.Console;
import picocli.CommandLine.Option;

/** Measures a network's training step, dense or under masks in turn with the dense step. */
abstract class NetworkBench extends KernelBench {
  private static final long WARM_UP_NANOSECONDS = 6_000_000_000L;

  private final KernelWorkload workload;

  @Option(
      names = "--sparsity",
      paramLabel = "S",
      split = ",",
      description =
          "Times the step under uniformly random masks of these sparsities too, in turn with the dense step (default: dense alone).")
  private List<Double> sparsities = List.of();

  NetworkBench(KernelWorkload workload) {
    super(workload);
    this.workload = workload;
  }

  @Override
  protected Map<String, Object> measure(Console console) {
    if (sparsities.isEmpty()) {
      return super.measure(console);
    }
    if (hasPeer()) {
      throw new Refusal(
          "Cannot compare steps at sparsities of %s with another program: masked steps take turns with the dense one; leave out --compare or --sparsity."
              .formatted(sparsities));
    }
    for (double sparsity : sparsities) {
      if (!(sparsity > 0 && sparsity < 1)) {
        throw new Refusal(
            "Cannot measure a step at a sparsity of %s: it must be above 0 and below 1."
                .formatted(sparsity));
      }
    }
    List<Map<String, Object>> figures = new ArrayList<>();
    for (double sparsity : sparsities) {
      figures.add(inTurn(sparsity, console));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("workload", workload.peerName());
    values.put("sparsities", figures);
    return values;
  }

  private Map<String, Object> inTurn(double sparsity, Console console) {
    MemoryHeld nothing = MemoryHeld.now();
    try (MaskedSteps dense = NetworkSteps.masked(workload, size(), 0)) {
      warmUp(dense);
      MemoryHeld one = MemoryHeld.now();
      console.note("memory of the dense replica: " + ReplicaMemory.between(nothing, one));
      return inTurn(dense, one, sparsity, console);
    }
  }

  private Map<String, Object> inTurn(
      MaskedSteps dense, MemoryHeld before, double sparsity, Console console) {
    try (MaskedSteps masked = NetworkSteps.masked(workload, size(), sparsity)) {
      warmUp(masked);
      ReplicaMemory memory = ReplicaMemory.between(before, MemoryHeld.now());
      console.note("memory of the replica at a sparsity of %s: %s".formatted(sparsity, memory));
      List<Double> ofDense = new ArrayList<>();
      List<Double> ofMasked = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < rounds(); round++) {
        ofDense.add(dense.secondsPerStep());
        ofMasked.add(masked.secondsPerStep());
        ratios.add(ofMasked.get(round) / ofDense.get(round));
      }
      ratios.sort(Double::compare);
      Map<String, Object> values =
          told(sparsity, median(ofDense), median(ofMasked), ratios, console);
      values.put("memory", memory);
      return values;
    }
  }

  private Map<String, Object> told(
      double sparsity, double dense, double masked, List<Double> ratios, Console console) {
    console.result(
        String.format(
            Locale.ROOT,
            "%s %s dense %.5f s/step, at a sparsity of %.3f %.5f s/step, ratio %.3f (%.3f to %.3f in %d rounds)",
            workload.peerName(),
            size(),
            dense,
            sparsity,
            masked,
            median(ratios),
            ratios.get(0),
            ratios.get(ratios.size() - 1),
            ratios.size()));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("sparsity", sparsity);
    values.put("denseSecondsPerStep", dense);
    values.put("secondsPerStep", masked);
    values.put("ratio", median(ratios));
    values.put("lowestRatio", ratios.get(0));
    values.put("highestRatio", ratios.get(ratios.size() - 1));
    return values;
  }

  private static void warmUp(MaskedSteps steps) {
    long end = System.nanoTime() + WARM_UP_NANOSECONDS;
    do {
      steps.secondsPerStep();
    } while (System.nanoTime() < end);
  }

  private static double median(List<Double> numbers) {
    return Medians.of(numbers.stream().mapToDouble(number -> number));
  }
}
