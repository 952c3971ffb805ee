package org.espalier.dl4jspark;

import org.apache.spark.SparkEnv;
import org.espalier.averaging.EspalierPlugin;

/** Prepares the arithmetic of an executor on which {@link EspalierPlugin} is not installed. */
final class TaskArithmetic {
  private static boolean prepared;

  private TaskArithmetic() {}

  /** To be called by a task before it trains; does something once in a JVM. */
  static synchronized void prepare() {
    if (!prepared) {
      SparkEnv environment = SparkEnv.get();
      EspalierPlugin.prepareExecutor(environment.conf(), environment.executorId());
      prepared = true;
    }
  }
}
