package org.espalier.averaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.espalier.averaging.exchange.Failure;
import scala.collection.JavaConverters;

/**
 * Hears from Spark why tasks of a run failed and why executors went. The exception that a job ends
 * with tells the last failure of one task, which follows from the first. A task that finds an
 * invariant broken is not tried again. Thread-safe.
 */
final class FailureWatch extends SparkListener implements AutoCloseable {
  private static final String JOB = "espalier.job";
  private static final String DRIVER = "driver";
  private static final long JOB_END_SECONDS = 5;

  /** Spark itself waits some seconds for the exit code of an executor that it cannot reach. */
  private static final long REMOVAL_SECONDS = 10;

  private final SparkContext spark;
  private final String prefix;
  private final Map<Integer, String> underWay = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private final Set<Integer> stages = new HashSet<>();
  private final Map<String, ExecutorLoss> removed = new HashMap<>();
  private final List<Failure> ofTasks = new ArrayList<>();
  private int jobs;

  /**
   * @param run number of the run
   */
  FailureWatch(SparkContext spark, long run) {
    this.spark = spark;
    this.prefix = Long.toHexString(run) + "-";
    spark.addSparkListener(this);
  }

  /** Forgets what was heard, at the beginning of a try. */
  synchronized void begin() {
    ended.clear();
    stages.clear();
    removed.clear();
    ofTasks.clear();
  }

  /** Runs a job whose failures are heard of. */
  <T> T watching(Supplier<T> job) {
    String id = prefix + jobs++;
    spark.setLocalProperty(JOB, id);
    try {
      return job.get();
    } catch (Exception e) {
      await(JOB_END_SECONDS, () -> ended.contains(id));
      throw e;
    } finally {
      spark.setLocalProperty(JOB, null);
    }
  }

  /** The failure behind what a try has thrown; waits for what Spark has still to tell. */
  synchronized Failure of(Throwable thrown) {
    Failure known = mostTelling(thrown);
    if (known.kind() == Failure.Kind.GONE) {
      await(REMOVAL_SECONDS, () -> removed.containsKey(known.executor()));
    }
    return mostTelling(thrown);
  }

  private Failure mostTelling(Throwable thrown) {
    List<Failure> told = new ArrayList<>();
    removed.values().forEach(loss -> told.add(loss.failure()));
    told.addAll(ofTasks);
    if (told.isEmpty() || !isLastWordOfSpark(thrown)) {
      told.add(Failure.of(thrown, DRIVER));
    }
    return told.stream().max(Comparator.comparing(Failure::kind)).orElseThrow();
  }

  /** Whether Spark has given a task up after it tried it several times. */
  static boolean isLastWordOfSpark(Throwable thrown) {
    return thrown instanceof SparkException && thrown.getCause() == null;
  }

  private synchronized void await(long seconds, BooleanSupplier told) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      for (long left = seconds * 1000; !told.getAsBoolean() && left > 0 && !spark.isStopped(); ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    String id = start.properties() == null ? null : start.properties().getProperty(JOB);
    if (id != null && id.startsWith(prefix)) {
      underWay.put(start.jobId(), id);
      JavaConverters.seqAsJavaList(start.stageInfos())
          .forEach(stage -> stages.add(stage.stageId()));
    }
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    String id = underWay.remove(end.jobId());
    if (id != null) {
      ended.add(id);
      notifyAll();
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (stages.contains(end.stageId()) && end.reason() instanceof ExceptionFailure failed) {
      Failure failure = Failure.of(thrown(failed), end.taskInfo().executorId());
      ofTasks.add(failure);
      if (failure.kind() == Failure.Kind.INVARIANT) {
        spark.cancelStage(end.stageId(), failure.sentence());
      }
    }
  }

  /** An exception that the driver could not read is named by its class. */
  private static Throwable thrown(ExceptionFailure failed) {
    if (failed.exception().isDefined()) {
      return failed.exception().get();
    }
    return failed.className().equals(OutOfMemoryError.class.getName())
        ? new OutOfMemoryError(failed.description())
        : new IllegalStateException(failed.className() + ": " + failed.description());
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved gone) {
    removed.put(gone.executorId(), new ExecutorLoss(gone.executorId(), gone.reason()));
    notifyAll();
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
