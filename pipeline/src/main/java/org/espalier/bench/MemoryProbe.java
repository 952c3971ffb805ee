package org.espalier.bench;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.bytedeco.javacpp.Pointer;
import scala.Tuple2;

/** What the processes of a cluster hold after their garbage was collected, by executor. */
final class MemoryProbe {
  private static final long HOLD_MILLIS = 300;
  private static final int COLLECTIONS = 2;
  private static final long PAGE = 4096;

  private MemoryProbe() {}

  /** Asks the driver, and every executor that takes one of as many tasks as there are slots. */
  static Map<String, MemoryHeld> take(JavaSparkContext spark) {
    Map<String, MemoryHeld> held = new TreeMap<>();
    int slots = spark.defaultParallelism();
    List<Integer> tasks = IntStream.range(0, slots).boxed().toList();
    for (Tuple2<String, MemoryHeld> each :
        spark.parallelize(tasks, slots).map(task -> ofExecutor()).collect()) {
      held.put("executor " + each._1(), each._2());
    }
    held.put("driver", here());
    return held;
  }

  private static Tuple2<String, MemoryHeld> ofExecutor() throws InterruptedException {
    Thread.sleep(HOLD_MILLIS);
    return new Tuple2<>(SparkEnv.get().executorId(), here());
  }

  private static MemoryHeld here() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new MemoryHeld(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        Pointer.totalBytes() + direct,
        resident());
  }

  /** Resident bytes, 0 where the system does not tell. */
  private static long resident() {
    Path status = Path.of("/proc/self/statm");
    try (Scanner pages = new Scanner(status, StandardCharsets.US_ASCII)) {
      pages.nextLong();
      return pages.nextLong() * PAGE;
    } catch (IOException | NoSuchElementException e) {
      return 0;
    }
  }
}
