package org.espalier.dl4jspark.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** What the processes of a cluster hold, by executor. */
final class MemoryProbe {
  private static final long HOLD_MILLIS = 300;

  private MemoryProbe() {}

  /** Asks the driver, and every executor that takes one of as many tasks as there are slots. */
  static MemorySample take(JavaSparkContext spark, String moment) {
    Map<String, MemoryHeld> held = new TreeMap<>();
    int slots = spark.defaultParallelism();
    List<Integer> tasks = IntStream.range(0, slots).boxed().toList();
    for (Tuple2<String, MemoryHeld> each :
        spark.parallelize(tasks, slots).map(task -> ofExecutor()).collect()) {
      held.put("executor " + each._1(), each._2());
    }
    held.put("driver", MemoryHeld.now());
    return new MemorySample(moment, held);
  }

  private static Tuple2<String, MemoryHeld> ofExecutor() throws InterruptedException {
    Thread.sleep(HOLD_MILLIS);
    return new Tuple2<>(SparkEnv.get().executorId(), MemoryHeld.now());
  }
}
