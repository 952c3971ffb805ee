package org.espalier.experiment;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.espalier.averaging.WorkerData;
import org.espalier.averaging.evaluation.ClusterEvaluation.BatchOpener;
import org.espalier.datasets.Dataset;
import org.espalier.datasets.Split;
import org.espalier.datasets.order.ShuffledOrder;
import org.espalier.datasets.shards.RowGroupCache;
import org.espalier.datasets.shards.SplitRows;
import org.espalier.tasks.classification.InputLayout;
import org.espalier.tasks.classification.PixelScale;
import org.espalier.tasks.classification.ShuffledImages;
import org.espalier.tasks.classification.StoredImages;

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
    int classes = dataset.manifest().classes();
    InputLayout layout = experiment.network().inputLayout();
    Broadcast<SerializableConfiguration> files = hadoop;
    PixelScale pixels = scale;
    return WorkerData.opened(
        spark,
        experiment.workers(),
        worker ->
            new ShuffledImages(
                rows(dataset, Split.TRAIN, files.value().value()),
                order,
                worker,
                classes,
                layout,
                pixels));
  }

  BatchOpener test() {
    Dataset dataset = tested;
    int classes = dataset.manifest().classes();
    InputLayout layout = experiment.network().inputLayout();
    Broadcast<SerializableConfiguration> files = hadoop;
    PixelScale pixels = scale;
    return () ->
        new StoredImages(
            rows(dataset, Split.TEST, files.value().value()),
            EVALUATION_BATCH,
            classes,
            layout,
            pixels);
  }

  int testBatches() {
    return StoredImages.count(tested.split(Split.TEST).rows(), EVALUATION_BATCH);
  }

  private static SplitRows rows(Dataset dataset, String split, Configuration hadoop) {
    return new SplitRows(dataset, split, RowGroupCache.ofProcess(), hadoop);
  }

  @Override
  public void close() {
    hadoop.destroy();
  }
}
