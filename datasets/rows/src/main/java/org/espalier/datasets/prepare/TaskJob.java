package org.espalier.datasets.prepare;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
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
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * A Spark job of one task per item, whose results come to the driver as they are finished, one per
 * item however often its task was tried.
 *
 * @param <T> items
 * @param <R> results
 */
public final class TaskJob<T, R> {
  /**
   * The work of a task.
   *
   * @param <T> items
   * @param <R> results
   */
  @FunctionalInterface
  public interface Work<T, R> extends Serializable {
    /**
     * Carries out one attempt on an executor.
     *
     * @param attempt a number that no other attempt of this application has
     */
    R result(T item, long attempt, Configuration hadoop) throws IOException;
  }

  private final JavaSparkContext spark;
  private final String what;
  private final Work<T, R> work;
  private Consumer<R> listener = result -> {};

  /**
   * A job to be run.
   *
   * @param what it does, to follow "Cannot": {@code prepare mnist}
   */
  public TaskJob(JavaSparkContext spark, String what, Work<T, R> work) {
    this.spark = spark;
    this.what = what;
    this.work = work;
  }

  /** Who is told each result when it comes, on one thread of the driver at a time. */
  public TaskJob<T, R> listener(Consumer<R> told) {
    listener = told;
    return this;
  }

  /**
   * Runs the job.
   *
   * @return the results in the order of the items
   * @throws Refusal if a task threw it
   * @throws IOException if a task failed
   */
  public List<R> run(List<T> items) throws IOException {
    if (items.isEmpty()) {
      return List.of();
    }
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    Results<R> results = new Results<>(items.size(), listener);
    spark.setJobDescription(Character.toUpperCase(what.charAt(0)) + what.substring(1));
    try {
      spark
          .sc()
          .runJob(
              spark.parallelize(items, items.size()).rdd(),
              new OnExecutor<>(work, hadoop),
              partitions(items.size()),
              results,
              anyClass());
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
    return new IOException("Cannot " + what + ": " + Reason.of(cause) + ".", e);
  }

  @SuppressWarnings("unchecked") // Spark makes an array of results of it, which nobody reads.
  private static <R> ClassTag<R> anyClass() {
    return (ClassTag<R>) ClassTag$.MODULE$.Object();
  }

  private static Seq<Object> partitions(int number) {
    return JavaConverters.asScalaBuffer(
            IntStream.range(0, number).mapToObj(i -> (Object) i).toList())
        .toSeq();
  }

  /** What an executor does for one partition, which holds one item. */
  private static final class OnExecutor<T, R> extends AbstractFunction2<TaskContext, Iterator<T>, R>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Work<T, R> work;
    private final Broadcast<SerializableConfiguration> hadoop;

    OnExecutor(Work<T, R> work, Broadcast<SerializableConfiguration> hadoop) {
      this.work = work;
      this.hadoop = hadoop;
    }

    @Override
    public R apply(TaskContext context, Iterator<T> items) {
      try {
        return work.result(items.next(), context.taskAttemptId(), hadoop.value().value());
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  /** What the driver keeps: the first result of every task. */
  private static final class Results<R> extends AbstractFunction2<Object, R, BoxedUnit> {
    private final List<R> results;
    private final Consumer<R> listener;

    Results(int number, Consumer<R> listener) {
      results = new ArrayList<>(Collections.nCopies(number, null));
      this.listener = listener;
    }

    @Override
    public synchronized BoxedUnit apply(Object partition, R result) {
      results.set((Integer) partition, result);
      listener.accept(result);
      return BoxedUnit.UNIT;
    }

    synchronized List<R> all() {
      return List.copyOf(results);
    }
  }
}
