package org.espalier.jobs.shell;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.espalier.averaging.footprint.Footprint;
import org.espalier.averaging.footprint.RunFootprint;
import org.espalier.base.Refusal;
import org.espalier.jobs.shell.ExecutorShape.Place;

/**
 * The memory that a run takes, beside what its processes have: told to Spark before executors
 * start, where the user says nothing, and compared with what he says.
 */
public final class MemoryDemand {
  private static final long MEBI = 1 << 20;
  private static final long STEP_MIB = 64;
  private static final long SPARK_MIB = 192;
  private static final long USUAL_HEAP_MIB = 1024;

  private final String run;
  private final RunFootprint footprint;
  private final ExecutorShape shape;
  private final Machine machine;

  /**
   * The process that starts the run.
   *
   * @param heapMib that the driver's JVM may use
   * @param memoryMib of the machine, or of the container where there is one
   */
  record Machine(long heapMib, long memoryMib) {
    static Machine own() {
      var system =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Machine(
          Runtime.getRuntime().maxMemory() / MEBI, system.getTotalMemorySize() / MEBI);
    }
  }

  /** The footprint of a run on executors of some number and slots. */
  @FunctionalInterface
  public interface Sizing {
    /** The footprint on so many executors that run so many tasks at a time each. */
    RunFootprint on(int executors, int slots);
  }

  MemoryDemand(String run, RunFootprint footprint, ExecutorShape shape, Machine machine) {
    this.run = run;
    this.footprint = footprint;
    this.shape = shape;
    this.machine = machine;
  }

  /** The demand of a run on the executors that these settings ask for. */
  public static MemoryDemand of(String run, Sizing sizing, SparkConf settings) {
    ExecutorShape shape = ExecutorShape.of(settings);
    RunFootprint footprint = sizing.on(shape.executors(), shape.slots(settings));
    return new MemoryDemand(run, footprint, shape, Machine.own());
  }

  /**
   * Sets what executors are given, where the user says nothing; says what the largest of the runs
   * takes, and what does not suffice for it.
   *
   * @param all the runs of one application, at least one
   * @throws Refusal if a process cannot hold one copy of a run's vector
   */
  public static void settle(List<MemoryDemand> all, SparkConf settings, Console console) {
    all.forEach(each -> each.requirePossible(settings));
    settings.setIfMissing(
        ClusterSettings.MEMORY, most(all, each -> heapMib(each.footprint.executor())) + "m");
    settings.setIfMissing(
        ClusterSettings.OVERHEAD, most(all, each -> each.overheadMib(settings)) + "m");
    MemoryDemand largest =
        all.stream().max(Comparator.comparingLong(MemoryDemand::bytes)).orElseThrow();
    console.note(largest.line(settings));
    largest.warnings(settings).forEach(warning -> console.note("warning: " + warning));
  }

  private long bytes() {
    Footprint all = footprint.driver().and(footprint.executor());
    return all.heap() + all.nativeBytes();
  }

  private static long most(List<MemoryDemand> all, Function<MemoryDemand, Long> mebibytes) {
    return all.stream().mapToLong(mebibytes::apply).max().orElseThrow();
  }

  /** Heap that is asked for: a third of it for row groups that are kept and for what is garbage. */
  public static long heapMib(Footprint footprint) {
    return Math.max(USUAL_HEAP_MIB, rounded(liveMib(footprint) * 3 / 2));
  }

  /** Heap that is live at the same time. */
  private static long liveMib(Footprint footprint) {
    return SPARK_MIB + mebibytes(footprint.heap());
  }

  /**
   * Memory beside the heap: native and a tenth more, batches that are decoded ahead, which may take
   * a quarter of the heap, and the JVM's own.
   */
  private long overheadMib(SparkConf settings) {
    long spare = mebibytes(footprint.executor().nativeBytes() / 10);
    return rounded(neededOverheadMib() + spare + heapOf(settings) / 4);
  }

  private long neededOverheadMib() {
    return ClusterSettings.JVM_MIB + mebibytes(footprint.executor().nativeBytes());
  }

  private void requirePossible(SparkConf settings) {
    long vector = mebibytes(Float.BYTES * footprint.network().vector());
    if (vector >= machine.heapMib()) {
      throw new Refusal(
          "Cannot train %s: one copy of its vector of %,d values takes %,d MiB and the driver's heap is %,d MiB; %s."
              .formatted(
                  run,
                  footprint.network().vector(),
                  vector,
                  machine.heapMib(),
                  moreForTheDriver()));
    }
    long executors = heapOf(settings);
    if (shape.place() != Place.DRIVER
        && settings.contains(ClusterSettings.MEMORY)
        && vector >= executors) {
      throw new Refusal(
          "Cannot train %s: one copy of its vector of %,d values takes %,d MiB and an executor's heap is %,d MiB; %s."
              .formatted(run, footprint.network().vector(), vector, executors, moreForExecutors()));
    }
  }

  /** What is less than the run takes, a sentence each. */
  List<String> warnings(SparkConf settings) {
    List<String> warnings = new ArrayList<>();
    Footprint driver = driver();
    if (liveMib(driver) > machine.heapMib()) {
      warnings.add(
          "%s takes about %,d MiB of the driver's heap, which is %,d MiB; %s."
              .formatted(run, liveMib(driver), machine.heapMib(), moreForTheDriver()));
    }
    if (shape.place() != Place.DRIVER) {
      warnOfExecutors(settings, warnings);
    }
    long here = onThisMachine(settings);
    if (here > machine.memoryMib()) {
      warnings.add(
          "%s may take %,d MiB on this machine, which has %,d MiB; use fewer executors or more machines."
              .formatted(run, here, machine.memoryMib()));
    }
    return warnings;
  }

  private void warnOfExecutors(SparkConf settings, List<String> warnings) {
    long heap = heapOf(settings);
    long live = liveMib(footprint.executor());
    if (live > heap) {
      warnings.add(
          "%s takes about %,d MiB of an executor's heap, which is %,d MiB; %s."
              .formatted(run, live, heap, moreForExecutors()));
    }
    long overhead = ClusterSettings.mebibytes(settings, ClusterSettings.OVERHEAD, "0");
    if (neededOverheadMib() > overhead) {
      warnings.add(
          "%s takes about %,d MiB of an executor's memory beside its heap, which is %,d MiB; leave %s unset, or set %dm."
              .formatted(
                  run,
                  neededOverheadMib(),
                  overhead,
                  ClusterSettings.OVERHEAD,
                  overheadMib(settings)));
    }
  }

  private String moreForTheDriver() {
    return "start with ESPALIER_DRIVER_MEMORY=%1$dm (spark-submit: --driver-memory %1$dm)"
        .formatted(heapMib(driver()));
  }

  private String moreForExecutors() {
    long asked = heapMib(footprint.executor());
    return shape.place() == Place.MACHINE
        ? "give each at least %d in --master local-cluster[EXECUTORS,CORES,MEMORY_MB]"
            .formatted(asked)
        : "leave %s unset, or set %dm".formatted(ClusterSettings.MEMORY, asked);
  }

  /** What a driver takes that may be its own executor. */
  private Footprint driver() {
    return shape.place() == Place.DRIVER
        ? footprint.driver().and(footprint.executor())
        : footprint.driver();
  }

  private long onThisMachine(SparkConf settings) {
    long own = machine.heapMib() + ClusterSettings.JVM_MIB + mebibytes(driver().nativeBytes());
    return shape.place() == Place.MACHINE
        ? own + shape.executors() * (heapOf(settings) + neededOverheadMib())
        : own;
  }

  /** One line: what the run takes, and what there is. */
  String line(SparkConf settings) {
    String driver =
        "memory: %s takes, MiB: driver heap %s + native %s (of heap %,d)"
            .formatted(
                run,
                figure(liveMib(driver())),
                figure(mebibytes(driver().nativeBytes())),
                machine.heapMib());
    if (shape.place() == Place.DRIVER) {
      return driver;
    }
    Footprint executor = footprint.executor();
    return driver
        + "; %d executor%s of %d task%s heap %s + native %s (of heap %,d + overhead %,d)"
            .formatted(
                footprint.shape().executors(),
                footprint.shape().executors() == 1 ? "" : "s",
                footprint.shape().tasks(),
                footprint.shape().tasks() == 1 ? "" : "s",
                figure(liveMib(executor)),
                figure(mebibytes(executor.nativeBytes())),
                heapOf(settings),
                ClusterSettings.mebibytes(settings, ClusterSettings.OVERHEAD, "0"));
  }

  private static String figure(long mebibytes) {
    return String.format(Locale.ROOT, "%,d", mebibytes);
  }

  private static long heapOf(SparkConf settings) {
    return ClusterSettings.mebibytes(settings, ClusterSettings.MEMORY, "1g");
  }

  private static long mebibytes(long bytes) {
    return (bytes + MEBI - 1) / MEBI;
  }

  private static long rounded(long mebibytes) {
    return (mebibytes + STEP_MIB - 1) / STEP_MIB * STEP_MIB;
  }
}
