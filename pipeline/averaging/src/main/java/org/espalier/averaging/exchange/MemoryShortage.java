package org.espalier.averaging.exchange;

import java.util.regex.Pattern;

/** The sentence of an executor whose memory did not suffice, with the setting to raise. */
public final class MemoryShortage {
  private static final String DRIVER = "driver";

  /** What the JVM says of its heap, and of buffers outside of it, which are bounded by its size. */
  private static final Pattern HEAP =
      Pattern.compile("heap|GC overhead|array size|direct buffer", Pattern.CASE_INSENSITIVE);

  private MemoryShortage() {}

  /** Of an error in a process, thrown by the JVM or by a native library's allocator. */
  static String sentence(String executor, OutOfMemoryError error) {
    String what = String.valueOf(error.getMessage());
    return sentence(executor, what, HEAP.matcher(what).find());
  }

  /** Of a process that ended with Spark's exit code for it. */
  public static String ofExit(String executor, int code) {
    return sentence(executor, "exit code " + code, true);
  }

  /** Of a container that took more than it was given. */
  public static String ofContainer(String executor, String reason) {
    return sentence(executor, reason, false);
  }

  private static String sentence(String executor, String what, boolean heap) {
    String name = DRIVER.equals(executor) ? "the driver" : "executor " + executor;
    return "%s ran out of memory (%s); raise %s".formatted(name, what, setting(executor, heap));
  }

  private static String setting(String executor, boolean heap) {
    if (DRIVER.equals(executor)) {
      return "ESPALIER_DRIVER_MEMORY, or spark.driver.memory with spark-submit";
    }
    return heap
        ? "spark.executor.memory"
        : "spark.executor.memoryOverhead, or spark.executor.memory, which bounds native arrays too";
  }
}
