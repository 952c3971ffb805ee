package org.espalier.averaging;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's demand for executors under dynamic allocation, which gives an application as many as its
 * waiting tasks want and takes away those that were idle for a minute. A run that has fewer than
 * its workers want therefore always has tasks that wait. Used by one thread.
 */
final class ExecutorDemand {
  /**
   * Spark property: how long a run does not begin while executors are missing and no more come,
   * under dynamic allocation; {@value #PATIENCE_DEFAULT} by default.
   */
  static final String PATIENCE = "spark.espalier.executors.patience";

  private static final String PATIENCE_DEFAULT = "30s";
  private static final long NAP_MILLIS = 100;
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorDemand.class);

  private final JavaSparkContext spark;
  private final ExecutorDiscovery discovery;
  private final int wanted;

  /**
   * @param wanted tasks that are to run at once
   */
  ExecutorDemand(JavaSparkContext spark, ExecutorDiscovery discovery, int wanted) {
    this.spark = spark;
    this.discovery = discovery;
    this.wanted = wanted;
  }

  /**
   * Waits until as many tasks can run at once as are wanted or as dynamic allocation may bring, or
   * no more executors come for a while.
   */
  void gather() {
    SparkConf conf = spark.getConf();
    if (!isDynamic() || discovery.slots() >= wanted) {
      return;
    }
    LOG.info("asks for executors: {} tasks want to run at once", wanted);
    JavaFutureAction<Void> waiting =
        spark
            .parallelize(IntStream.range(0, wanted).boxed().toList(), wanted)
            .foreachAsync(task -> waitUntilCancelled());
    try {
      await(
          conf.getInt("spark.dynamicAllocation.maxExecutors", Integer.MAX_VALUE),
          conf.getTimeAsMs(PATIENCE, PATIENCE_DEFAULT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.cancel(true);
    }
  }

  /** The shares of the workers and, while there are fewer than wanted, empty ones that wait. */
  <T> JavaRDD<T> kept(JavaRDD<T> shares) {
    int missing = wanted - shares.getNumPartitions();
    return isDynamic() && missing > 0
        ? shares.union(spark.parallelize(List.<T>of(), missing))
        : shares;
  }

  private boolean isDynamic() {
    return !spark.isLocal() && spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
  }

  private void await(int most, long patienceMillis) throws InterruptedException {
    long patience = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    long since = System.nanoTime();
    int slots = discovery.slots();
    while (slots < wanted && discovery.count() < most) {
      if (System.nanoTime() - since > patience) {
        LOG.info(
            "begins where {} of {} tasks can run at once, since no more executors came",
            slots,
            wanted);
        return;
      }
      Thread.sleep(NAP_MILLIS);
      int now = discovery.slots();
      if (now != slots) {
        slots = now;
        since = System.nanoTime();
      }
    }
  }

  /** Cancelling a job marks its tasks, and interrupts their threads only where Spark is told to. */
  private static void waitUntilCancelled() throws InterruptedException {
    while (!TaskContext.get().isInterrupted()) {
      Thread.sleep(NAP_MILLIS);
    }
  }
}
