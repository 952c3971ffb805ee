package org.espalier.experiment;

import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.espalier.averaging.WorkerData;
import org.espalier.averaging.evaluation.ClusterEvaluation.BatchOpener;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.datasets.batch.BatchReader;
import org.espalier.datasets.order.ShuffledOrder;
import org.espalier.datasets.order.StoredOrder;
import org.espalier.datasets.rows.RowKind;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.datasets.stream.StreamKey;
import org.espalier.datasets.stream.Streams;
import org.espalier.tasks.MinibatchDecoder;
import org.espalier.tasks.SplitSums;
import org.espalier.tasks.StreamedBatches;
import org.espalier.tasks.Task;

/**
 * The rows of an experiment as its workers open them: Parquet row groups, read where they train.
 */
final class PreparedRows implements AutoCloseable {
  private final JavaSparkContext spark;
  private final Experiment experiment;
  private final Dataset tested;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final RowKind kind;
  private final Optional<SplitSums> sums;
  private final String trainingStreams = "train-" + UUID.randomUUID();
  private final String testStreams = "test-" + UUID.randomUUID();

  PreparedRows(JavaSparkContext spark, Experiment experiment) {
    this(spark, experiment, experiment.dataset());
  }

  /** Rows of which those to test on are {@code tested}'s. */
  PreparedRows(JavaSparkContext spark, Experiment experiment, Dataset tested) {
    this.spark = spark;
    this.experiment = experiment;
    this.tested = tested;
    this.hadoop = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    this.kind = task().rows(experiment.dataset());
    this.sums =
        task()
            .sums(experiment.settings())
            .map(new TrainingSums(spark, hadoop, experiment.dataset(), kind)::of);
  }

  private Task task() {
    return experiment.network().task();
  }

  WorkerData training() {
    Dataset dataset = experiment.dataset();
    ShuffledOrder order =
        new ShuffledOrder(
            dataset.split(Split.TRAIN),
            experiment.seed(),
            experiment.workers(),
            experiment.batchPerWorker(),
            experiment.shuffleWindow());
    String streams = trainingStreams;
    Broadcast<SerializableConfiguration> files = hadoop;
    RowKind rows = kind;
    MinibatchDecoder<?> decoder =
        task().trainingDecoder(kind, experiment.settings(), sums, order.batch(), experiment.seed());
    return WorkerData.opened(
        spark,
        experiment.workers(),
        worker ->
            new StreamedBatches<>(
                new StreamKey(streams, worker),
                () ->
                    new BatchReader(split(dataset, Split.TRAIN, rows, files), order.worker(worker)),
                decoder));
  }

  BatchOpener test() {
    Dataset dataset = tested;
    StoredOrder order = testOrder();
    String streams = testStreams;
    Broadcast<SerializableConfiguration> files = hadoop;
    RowKind rows = kind;
    MinibatchDecoder<?> decoder = task().decoder(kind, experiment.settings(), sums, order.batch());
    return () ->
        new StreamedBatches<>(
            new StreamKey(streams, 0),
            () -> new BatchReader(split(dataset, Split.TEST, rows, files), order),
            decoder);
  }

  int testBatches() {
    return Math.toIntExact(testOrder().batches());
  }

  private StoredOrder testOrder() {
    return new StoredOrder(
        new RowRange(0, tested.split(Split.TEST).rows()), task().evaluationBatch(kind));
  }

  private static SplitRows split(
      Dataset dataset, String name, RowKind kind, Broadcast<SerializableConfiguration> hadoop) {
    return new SplitRows(dataset, name, kind, RowGroupCache.ofProcess(), hadoop.value().value());
  }

  /** Streams of other processes close by themselves, when nobody asks them any more. */
  @Override
  public void close() {
    Streams.ofProcess().close(trainingStreams);
    Streams.ofProcess().close(testStreams);
    hadoop.destroy();
  }
}
