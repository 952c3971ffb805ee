package org.espalier.averaging;

import org.apache.spark.ShuffleDependency;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Frees the slices of a round as soon as they are summed. Spark itself would keep them until the
 * driver's garbage collector happens to run.
 */
final class ShuffleFiles {
  private ShuffleFiles() {}

  static void remove(JavaSparkContext spark, JavaPairRDD<?, ?> shuffled) {
    var dependency = (ShuffleDependency<?, ?, ?>) shuffled.rdd().dependencies().head();
    var cleaner = spark.sc().cleaner();
    if (cleaner.isDefined()) {
      cleaner.get().doCleanupShuffle(dependency.shuffleId(), false);
    }
  }
}
