package org.espalier.averaging;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.training.WorkerBatches;

/** Where the examples of the workers come from. */
@FunctionalInterface
public interface WorkerData {
  /** One partition per worker, in worker order, each with one element. */
  JavaRDD<WorkerBatches> batches();

  /** Opens the batches of a worker on the executor that carries it. */
  @FunctionalInterface
  interface Opener extends Serializable {
    /** The batches of this worker. */
    WorkerBatches open(int worker);
  }

  /** Workers that open their own data, such as Parquet shards, wherever they run. */
  static WorkerData opened(JavaSparkContext spark, int workers, Opener opener) {
    JavaRDD<Integer> numbers =
        spark.parallelize(IntStream.range(0, workers).boxed().toList(), workers);
    JavaRDD<WorkerBatches> batches = numbers.map(opener::open);
    return () -> batches;
  }
}
