package org.espalier.datasets.prepare;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.espalier.base.Reason;
import org.espalier.base.Refusal;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Runs one task per shard on the cluster and takes one result per shard, as they come. */
final class ShardJob {
  private final JavaSparkContext spark;
  private final ShardAttempt attempt;
  private final ShardProgress progress;

  ShardJob(JavaSparkContext spark, ShardAttempt attempt, ShardProgress progress) {
    this.spark = spark;
    this.attempt = attempt;
    this.progress = progress;
  }

  /** What was written, in the order of the tasks. */
  List<WrittenShard> run(List<ShardTask> tasks) throws IOException {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    Results results = new Results(tasks.size(), progress);
    spark.setJobDescription("Prepare " + attempt.source().name());
    try {
      spark
          .sc()
          .runJob(
              spark.parallelize(tasks, tasks.size()).rdd(),
              new Work(attempt, hadoop),
              partitions(tasks.size()),
              results,
              ClassTag$.MODULE$.apply(WrittenShard.class));
      return results.all();
    } catch (Exception e) {
      throw failure(e);
    } finally {
      spark.setJobDescription(null);
      hadoop.destroy();
    }
  }

  private IOException failure(Exception e) {
    Throwable cause = e instanceof SparkException && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof Refusal refusal) {
      throw refusal;
    }
    return new IOException(
        "Cannot prepare " + attempt.source().name() + ": " + Reason.of(cause) + ".", e);
  }

  private static Seq<Object> partitions(int number) {
    return JavaConverters.asScalaBuffer(
            IntStream.range(0, number).mapToObj(i -> (Object) i).toList())
        .toSeq();
  }

  /** What an executor does for one partition, which holds one task. */
  private static final class Work
      extends AbstractFunction2<TaskContext, Iterator<ShardTask>, WrittenShard>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ShardAttempt attempt;
    private final Broadcast<SerializableConfiguration> hadoop;

    Work(ShardAttempt attempt, Broadcast<SerializableConfiguration> hadoop) {
      this.attempt = attempt;
      this.hadoop = hadoop;
    }

    @Override
    public WrittenShard apply(TaskContext context, Iterator<ShardTask> tasks) {
      try {
        return attempt.write(tasks.next(), context.taskAttemptId(), hadoop.value().value());
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  /** What the driver keeps: the first result of every task. */
  private static final class Results extends AbstractFunction2<Object, WrittenShard, BoxedUnit> {
    private final WrittenShard[] shards;
    private final ShardProgress progress;
    private int done;

    Results(int number, ShardProgress progress) {
      shards = new WrittenShard[number];
      this.progress = progress;
    }

    @Override
    public synchronized BoxedUnit apply(Object partition, WrittenShard shard) {
      shards[(Integer) partition] = shard;
      done++;
      progress.shardsDone(done, shards.length);
      return BoxedUnit.UNIT;
    }

    synchronized List<WrittenShard> all() {
      return List.of(shards);
    }
  }
}
