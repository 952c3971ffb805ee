package org.espalier.imagenet;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Runs one task for each shard that is still to be made, and notes each one as it is finished. */
final class ConvertJob {
  private final JavaSparkContext spark;
  private final ConvertTask task;
  private final WorkFolder folder;
  private final ProgressMeter progress;

  ConvertJob(JavaSparkContext spark, ConvertTask task, WorkFolder folder, ProgressMeter progress) {
    this.spark = spark;
    this.task = task;
    this.folder = folder;
    this.progress = progress;
  }

  /** Makes these shards of the listing and puts them into {@code results} by partition. */
  void run(
      JavaPairRDD<FilePlace, ImageFile> listing,
      List<ListedShard> shards,
      FinishedShard[] results) {
    Map<Integer, ListedShard> byPartition =
        shards.stream().collect(Collectors.toMap(ListedShard::partition, shard -> shard));
    spark
        .sc()
        .runJob(
            listing.rdd(),
            new Work(task, Map.copyOf(byPartition), SharedConfiguration.of(spark)),
            JavaConverters.asScalaBuffer(
                    shards.stream().map(shard -> (Object) shard.partition()).toList())
                .toSeq(),
            new Results(shards, results, folder, progress),
            ClassTag$.MODULE$.apply(FinishedShard.class));
  }

  /** The conversion of one partition on an executor. */
  private static final class Work
      extends AbstractFunction2<TaskContext, Iterator<Tuple2<FilePlace, ImageFile>>, FinishedShard>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ConvertTask task;
    private final Map<Integer, ListedShard> shards;
    private final SharedConfiguration hadoop;

    Work(ConvertTask task, Map<Integer, ListedShard> shards, SharedConfiguration hadoop) {
      this.task = task;
      this.shards = shards;
      this.hadoop = hadoop;
    }

    @Override
    public FinishedShard apply(TaskContext context, Iterator<Tuple2<FilePlace, ImageFile>> listed) {
      try {
        return task.write(shards.get(context.partitionId()), new Files(listed), hadoop.value());
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  /** The files of Spark's pairs. */
  private record Files(Iterator<Tuple2<FilePlace, ImageFile>> pairs)
      implements java.util.Iterator<ImageFile> {
    @Override
    public boolean hasNext() {
      return pairs.hasNext();
    }

    @Override
    public ImageFile next() {
      return pairs.next()._2();
    }
  }

  /** The driver's side: the first result of every task. */
  private static final class Results extends AbstractFunction2<Object, FinishedShard, BoxedUnit> {
    private final List<ListedShard> shards;
    private final FinishedShard[] results;
    private final WorkFolder folder;
    private final ProgressMeter progress;

    Results(
        List<ListedShard> shards,
        FinishedShard[] results,
        WorkFolder folder,
        ProgressMeter progress) {
      this.shards = shards;
      this.results = results;
      this.folder = folder;
      this.progress = progress;
    }

    @Override
    public synchronized BoxedUnit apply(Object index, FinishedShard shard) {
      results[shards.get((Integer) index).partition()] = shard;
      try {
        folder.note(shard);
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      progress.converted(shard);
      return BoxedUnit.UNIT;
    }
  }
}
