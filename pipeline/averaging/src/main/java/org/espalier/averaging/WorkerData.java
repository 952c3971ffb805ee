package org.espalier.averaging;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.engine.replica.WorkerBatches;

/** Where the examples of the workers come from. */
public interface WorkerData {
  /** Number of logical workers W. */
  int workers();

  /** All workers, in at most {@code tasks} partitions; may be computed again and again. */
  JavaRDD<Worker> shared(int tasks);

  /**
   * Up to which step (exclusive) every worker has examples. Worker 0 has them as long as any other
   * has.
   */
  default long complete() {
    return Long.MAX_VALUE;
  }

  /** Opens the batches of a worker on the executor that carries it. */
  @FunctionalInterface
  interface Opener extends Serializable {
    /** The batches of this worker. */
    WorkerBatches open(int worker);
  }

  /**
   * Workers that open their own data, such as Parquet shards, wherever they run. Task t carries
   * workers t, t + tasks, ..., so that slices land nearly in worker order.
   */
  static WorkerData opened(JavaSparkContext spark, int workers, Opener opener) {
    return new WorkerData() {
      @Override
      public int workers() {
        return workers;
      }

      @Override
      public JavaRDD<Worker> shared(int tasks) {
        int stride = Math.min(tasks, workers);
        JavaRDD<Integer> firsts =
            spark.parallelize(IntStream.range(0, stride).boxed().toList(), stride);
        return firsts.flatMap(first -> numbered(first, stride, workers, opener));
      }
    };
  }

  private static java.util.Iterator<Worker> numbered(
      int first, int stride, int workers, Opener opener) {
    return IntStream.iterate(first, number -> number < workers, number -> number + stride)
        .mapToObj(number -> new Worker(number, opener.open(number)))
        .iterator();
  }
}
