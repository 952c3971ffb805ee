package org.espalier.experiment;

import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.espalier.averaging.WorkerData;
import org.espalier.averaging.evaluation.ClusterEvaluation.BatchOpener;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.PixelImages;
import org.espalier.datasets.RowRange;
import org.espalier.datasets.Split;
import org.espalier.datasets.batch.BatchReader;
import org.espalier.datasets.order.ShuffledOrder;
import org.espalier.datasets.order.StoredOrder;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.datasets.stream.StreamKey;
import org.espalier.datasets.stream.Streams;
import org.espalier.tasks.StreamedBatches;
import org.espalier.tasks.classification.ImageDecoder;
import org.espalier.tasks.classification.InputLayout;
import org.espalier.tasks.classification.PixelScale;

/**
 * The images of an experiment as its workers open them: Parquet row groups, read where they train.
 */
final class PreparedImages implements AutoCloseable {
  static final int EVALUATION_BATCH = 250;

  private final JavaSparkContext spark;
  private final Experiment experiment;
  private final Dataset tested;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final PixelScale scale;
  private final String trainingStreams = "train-" + UUID.randomUUID();
  private final String testStreams = "test-" + UUID.randomUUID();

  PreparedImages(JavaSparkContext spark, Experiment experiment) {
    this(spark, experiment, experiment.dataset());
  }

  /** Images of which those to test on are {@code tested}'s. */
  PreparedImages(JavaSparkContext spark, Experiment experiment, Dataset tested) {
    this.spark = spark;
    this.experiment = experiment;
    this.tested = tested;
    this.hadoop = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    this.scale = scale();
  }

  private PixelScale scale() {
    return switch (experiment.centre()) {
      case NONE -> PixelScale.dividing(experiment.divisor());
      case MEAN_IMAGE ->
          new PixelScale(
              experiment.divisor(),
              new MeanImage(spark, hadoop, experiment.dataset()).dividedBy(experiment.divisor()));
    };
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
    PixelImages images = PixelImages.of(dataset);
    InputLayout layout = experiment.network().inputLayout();
    PixelScale pixels = scale;
    return WorkerData.opened(
        spark,
        experiment.workers(),
        worker ->
            new StreamedBatches<>(
                new StreamKey(streams, worker),
                () -> new BatchReader(rows(dataset, Split.TRAIN, files), order.worker(worker)),
                new ImageDecoder(order.batch(), images, layout, pixels)));
  }

  BatchOpener test() {
    Dataset dataset = tested;
    StoredOrder order = testOrder();
    String streams = testStreams;
    Broadcast<SerializableConfiguration> files = hadoop;
    PixelImages images = PixelImages.of(dataset);
    InputLayout layout = experiment.network().inputLayout();
    PixelScale pixels = scale;
    return () ->
        new StreamedBatches<>(
            new StreamKey(streams, 0),
            () -> new BatchReader(rows(dataset, Split.TEST, files), order),
            new ImageDecoder(order.batch(), images, layout, pixels));
  }

  int testBatches() {
    return Math.toIntExact(testOrder().batches());
  }

  private StoredOrder testOrder() {
    return new StoredOrder(new RowRange(0, tested.split(Split.TEST).rows()), EVALUATION_BATCH);
  }

  private static SplitRows rows(
      Dataset dataset, String split, Broadcast<SerializableConfiguration> hadoop) {
    return new SplitRows(
        dataset, split, PixelImages.of(dataset), RowGroupCache.ofProcess(), hadoop.value().value());
  }

  /** Streams of other processes close by themselves, when nobody asks them any more. */
  @Override
  public void close() {
    Streams.ofProcess().close(trainingStreams);
    Streams.ofProcess().close(testStreams);
    hadoop.destroy();
  }
}
