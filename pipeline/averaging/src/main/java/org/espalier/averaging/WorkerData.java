package org.espalier.averaging;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.espalier.engine.replica.WorkerBatches;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;

/** Where the examples of the workers come from. */
public interface WorkerData {
  /** Number of logical workers W. */
  int workers();

  /**
   * All workers, in at most as many partitions as there are places; may be computed again and
   * again.
   *
   * @param places where each partition is best computed, as Spark writes locations; sources that
   *     know better do not look at it
   */
  JavaRDD<Worker> shared(List<String> places);

  /**
   * As {@link #shared}, but that the workers of a partition are neighbours, one range of numbers in
   * rising order, and partitions differ by one worker at most.
   */
  default JavaRDD<Worker> neighbours(List<String> places) {
    return shared(places);
  }

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
   * Workers that open their own data, such as Parquet shards, wherever they run, and best where
   * they ran before. Task t carries workers t, t + tasks, ..., so that contributions arrive nearly
   * in worker order.
   */
  static WorkerData opened(JavaSparkContext spark, int workers, Opener opener) {
    return new WorkerData() {
      @Override
      public int workers() {
        return workers;
      }

      @Override
      public JavaRDD<Worker> shared(List<String> places) {
        int stride = Math.min(places.size(), workers);
        return placed(spark, places.subList(0, stride))
            .flatMap(first -> numbered(first, stride, workers, opener));
      }

      @Override
      public JavaRDD<Worker> neighbours(List<String> places) {
        int tasks = Math.min(places.size(), workers);
        return placed(spark, places.subList(0, tasks))
            .flatMap(
                task ->
                    numbered(
                        Math.toIntExact((long) task * workers / tasks),
                        1,
                        Math.toIntExact((task + 1L) * workers / tasks),
                        opener));
      }
    };
  }

  /** The numbers from 0 on, one in each partition. */
  private static JavaRDD<Integer> placed(JavaSparkContext spark, List<String> places) {
    List<Tuple2<Integer, Seq<String>>> numbers =
        IntStream.range(0, places.size())
            .mapToObj(number -> new Tuple2<>(number, sequence(List.of(places.get(number)))))
            .toList();
    return spark
        .sc()
        .<Integer>makeRDD(sequence(numbers), ClassTag$.MODULE$.apply(Integer.class))
        .toJavaRDD();
  }

  private static <T> Seq<T> sequence(List<T> list) {
    return JavaConverters.asScalaBuffer(list).toList();
  }

  private static java.util.Iterator<Worker> numbered(
      int first, int stride, int end, Opener opener) {
    return IntStream.iterate(first, number -> number < end, number -> number + stride)
        .mapToObj(number -> new Worker(number, opener.open(number)))
        .iterator();
  }
}
