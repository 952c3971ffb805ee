package org.espalier.dl4jspark;

import org.apache.spark.ShuffleDependency;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Frees what a shuffle left on the executors as soon as it was read. Spark itself would keep it
 * until the driver's garbage collector happens to run.
 */
public final class ShuffleFiles {
  private ShuffleFiles() {}

  /** Removes what the executors hold for the shuffle that this RDD reads. */
  public static void remove(JavaSparkContext spark, JavaPairRDD<?, ?> shuffled) {
    var dependency = (ShuffleDependency<?, ?, ?>) shuffled.rdd().dependencies().head();
    var cleaner = spark.sc().cleaner();
    if (cleaner.isDefined()) {
      cleaner.get().doCleanupShuffle(dependency.shuffleId(), false);
    }
  }
}
