package org.espalier.dl4jspark;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.espalier.averaging.Worker;
import org.espalier.averaging.WorkerData;
import org.espalier.base.Refusal;
import org.espalier.engine.replica.WorkerBatches;
import scala.Tuple2;
import scala.reflect.ClassTag$;

/**
 * The minibatches of a program's RDD, dealt to the workers by position: element i is what worker i
 * % W trains on in step i / W. How the RDD is cut into partitions and where these lie does not
 * show.
 *
 * <p>Every worker's share is kept on the cluster, in memory as far as that goes and else on disk,
 * until this is closed.
 */
final class DealtBatches implements AutoCloseable {
  private final JavaSparkContext spark;
  private final JavaPairRDD<Integer, Tuple2<Long, byte[]>> dealt;
  private final JavaRDD<WorkerShare> shares;
  private int steps;
  private int fullSteps;

  private DealtBatches(JavaSparkContext spark, JavaPairRDD<Integer, Tuple2<Long, byte[]>> dealt) {
    this.spark = spark;
    this.dealt = dealt;
    // Not a serialised level: a share already is bytes, and rounds pick from them.
    this.shares =
        dealt
            .values()
            .mapPartitions(arriving -> List.of(WorkerShare.of(arriving)).iterator(), true)
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * Deals an RDD whose elements are minibatches.
   *
   * @throws Refusal if it has none
   */
  static <T> DealtBatches of(JavaSparkContext spark, JavaRDD<T> minibatches, int workers) {
    DealtBatches dealt =
        new DealtBatches(
            spark,
            minibatches
                .zipWithIndex()
                .mapToPair(
                    element ->
                        new Tuple2<>(
                            (int) (element._2() % workers),
                            new Tuple2<>(element._2(), serialised(element._1()))))
                .partitionBy(new HashPartitioner(workers)));
    try {
      dealt.materialise();
      return dealt;
    } catch (RuntimeException e) {
      dealt.close();
      throw e;
    }
  }

  private void materialise() {
    List<Integer> sizes = shares.map(WorkerShare::size).collect();
    steps = Collections.max(sizes);
    fullSteps = Collections.min(sizes);
    if (steps == 0) {
      throw new Refusal(
          "Cannot train on an empty RDD: it holds no minibatch; check what the program reads.");
    }
  }

  /** Number of steps of the worker that has most: all others have as many or one less. */
  int steps() {
    return steps;
  }

  /** The batches of every worker, for a fit that goes on from a step. */
  <T> WorkerData from(int firstStep, int finishedEpochs, StoredMinibatchDecoder<T> decoder) {
    JavaRDD<Worker> workers =
        shares.mapPartitionsWithIndex(
            (number, share) -> {
              WorkerBatches own =
                  new ShareBatches<>(share.next(), decoder, firstStep, finishedEpochs);
              return List.of(new Worker(number, own)).iterator();
            },
            true);
    return new DealtWorkers(workers, (long) firstStep + fullSteps);
  }

  private record DealtWorkers(JavaRDD<Worker> each, long complete) implements WorkerData {
    @Override
    public int workers() {
      return each.getNumPartitions();
    }

    @Override
    public JavaRDD<Worker> shared(List<String> places) {
      return each.coalesce(places.size());
    }
  }

  private static <T> byte[] serialised(T element) {
    ByteBuffer bytes =
        SparkEnv.get()
            .serializer()
            .newInstance()
            .serialize(element, ClassTag$.MODULE$.apply(Object.class));
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  @Override
  public void close() {
    shares.unpersist();
    ShuffleFiles.remove(spark, dealt);
  }
}
