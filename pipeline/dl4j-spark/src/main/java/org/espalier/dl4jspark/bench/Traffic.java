package org.espalier.dl4jspark.bench;

import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** The bytes that tasks hand on, as Spark counts them: what any training master can be held to. */
final class Traffic extends SparkListener implements AutoCloseable {
  private final JavaSparkContext spark;
  private long shuffled;
  private long results;

  Traffic(JavaSparkContext spark) {
    this.spark = spark;
    spark.sc().addSparkListener(this);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskMetrics() != null) {
      shuffled += end.taskMetrics().shuffleWriteMetrics().bytesWritten();
      results += end.taskMetrics().resultSize();
    }
  }

  /** Bytes that tasks wrote for other tasks so far. */
  synchronized long shuffled() {
    return shuffled;
  }

  /** Bytes of results that tasks sent to the driver so far. */
  synchronized long results() {
    return results;
  }

  /** Waits until everything that has happened is counted. */
  void settle() {
    try {
      spark.sc().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark did not tell what its tasks moved", e);
    }
  }

  @Override
  public void close() {
    spark.sc().removeSparkListener(this);
  }
}
