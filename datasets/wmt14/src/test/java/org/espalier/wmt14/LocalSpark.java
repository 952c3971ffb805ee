package org.espalier.wmt14;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** One Spark for all tests of this process: two threads, one attempt per task. */
final class LocalSpark {
  private static final JavaSparkContext CONTEXT =
      new JavaSparkContext(
          new SparkConf()
              .setMaster("local[2]")
              .setAppName("tests")
              .set("spark.ui.enabled", "false")
              .set("spark.driver.host", "127.0.0.1"));

  private LocalSpark() {}

  static JavaSparkContext context() {
    return CONTEXT;
  }
}
