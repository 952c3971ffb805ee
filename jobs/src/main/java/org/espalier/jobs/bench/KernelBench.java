package org.espalier.jobs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espalier.base.Refusal;
import org.espalier.dl4jspark.bench.Medians;
import org.espalier.dl4jspark.bench.MemoryHeld;
import org.espalier.engine.arithmetic.Arithmetic;
import org.espalier.engine.kernel.Kernels;
import org.espalier.jobs.shell.Console;
import org.espalier.jobs.shell.Job;
import picocli.CommandLine.Option;

/** Measures one workload, alone or in turn with another program that prints the same line. */
abstract class KernelBench extends Job {
  private final KernelWorkload workload;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Examples per step (default: ${DEFAULT-VALUE}).")
  private int batch = 8;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Steps of which the median is printed (default: ${DEFAULT-VALUE}); small workloads need some hundred to be warm.")
  private int steps = 6;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of one step (default: one per processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--kernels",
      paramLabel = "NAME",
      description = "auto or reference (default: ${DEFAULT-VALUE}).")
  private String kernels = "auto";

  @Option(
      names = "--compare",
      paramLabel = "SCRIPT",
      description = "A Python program to run in turn with the workload.")
  private String script;

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      description = "What runs that program (default: ${DEFAULT-VALUE}).")
  private String python = "python3";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often the two take turns (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--soak",
      paramLabel = "N",
      description =
          "Then repeat the step so often and print what the process holds before and after, once its garbage is collected (default: not done).")
  private int soak;

  KernelBench(KernelWorkload workload) {
    this.workload = workload;
  }

  @Override
  protected Map<String, Object> run(Console console) {
    if (batch < 1 || steps < 1 || threads < 1 || rounds < 1) {
      throw new Refusal(
          "Cannot measure %d steps of %d examples with %d threads in %d rounds: all must be at least 1."
              .formatted(steps, batch, threads, rounds));
    }
    if (soak < 0) {
      throw new Refusal("Cannot repeat a step %d times: choose 1 or more.".formatted(soak));
    }
    System.setProperty(Kernels.PROPERTY, kernels);
    console.note(Arithmetic.prepare(threads).line());
    Kernels.useThreads(threads);
    console.note(Kernels.chosen().line());
    return measure(console);
  }

  /** Measures the workload once threads and kernels are chosen. */
  protected Map<String, Object> measure(Console console) {
    Optional<Peer> peer =
        Optional.ofNullable(script).map(program -> new Peer(python, program, threads));
    MemoryHeld nothing = MemoryHeld.now();
    KernelWorkload.Step step = workload.prepare(size());
    warmUp(step);
    ReplicaMemory memory = ReplicaMemory.between(nothing, MemoryHeld.now());
    Map<String, Object> values =
        peer.map(program -> inTurn(program, step, console)).orElseGet(() -> alone(step, console));
    console.note("memory of the workload: " + memory);
    values.put("memory", memory);
    if (soak > 0) {
      soak(step, values, console);
    }
    return values;
  }

  /** Whether another program is to take turns. */
  final boolean hasPeer() {
    return script != null;
  }

  /** The size of a step's batch. */
  BatchSize size() {
    return BatchSize.of(batch);
  }

  final int batch() {
    return batch;
  }

  final int rounds() {
    return rounds;
  }

  private void soak(KernelWorkload.Step step, Map<String, Object> values, Console console) {
    MemoryHeld before = MemoryHeld.now();
    for (int i = 0; i < soak; i++) {
      step.run();
    }
    MemoryHeld after = MemoryHeld.now();
    console.result("memory over %d steps, %s".formatted(soak, before.until(after)));
    values.put("memoryBefore", before);
    values.put("memoryAfter", after);
  }

  private Map<String, Object> alone(KernelWorkload.Step step, Console console) {
    Timing timing = Timing.of(step, steps);
    console.result(timing.line(step));
    return values(timing);
  }

  private Map<String, Object> inTurn(Peer peer, KernelWorkload.Step step, Console console) {
    List<Double> ratios = new ArrayList<>();
    Timing timing = null;
    for (int round = 0; round < rounds; round++) {
      Peer.Line line = peer.run(workload.peerName(), size(), steps);
      timing = Timing.of(step, steps);
      ratios.add(timing.median() / line.seconds());
      console.result("peer  " + line.text());
      console.result("ours  " + timing.line(step));
    }
    ratios.sort(Double::compare);
    double median = Medians.of(ratios.stream().mapToDouble(ratio -> ratio));
    double lowest = ratios.get(0);
    double highest = ratios.get(ratios.size() - 1);
    console.result(
        String.format(
            Locale.ROOT,
            "ratio %.3f (%.3f to %.3f in %d rounds)",
            median,
            lowest,
            highest,
            rounds));
    Map<String, Object> values = values(timing);
    values.put("ratio", median);
    values.put("lowestRatio", lowest);
    values.put("highestRatio", highest);
    return values;
  }

  private Map<String, Object> values(Timing timing) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("workload", workload.peerName());
    values.put("secondsPerStep", timing.median());
    values.put("kernels", Kernels.chosen().line());
    return values;
  }

  private void warmUp(KernelWorkload.Step step) {
    long end = System.nanoTime() + workload.warmUpNanoseconds();
    do {
      step.run();
    } while (System.nanoTime() < end);
  }
}
