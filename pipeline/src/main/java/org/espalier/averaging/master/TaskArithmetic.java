package org.espalier.averaging.master;

import org.apache.spark.SparkEnv;
import org.espalier.arithmetic.Arithmetic;
import org.espalier.averaging.EspalierPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares the arithmetic of an executor on which {@link EspalierPlugin} is not installed. */
final class TaskArithmetic {
  private static final Logger LOG = LoggerFactory.getLogger(TaskArithmetic.class);
  private static boolean prepared;

  private TaskArithmetic() {}

  /** To be called by a task before it trains; does something once in a JVM. */
  static synchronized void prepare() {
    if (!prepared) {
      Arithmetic arithmetic =
          Arithmetic.prepare(SparkEnv.get().conf().getInt("spark.task.cpus", 1));
      LOG.info("executor {}: {}", SparkEnv.get().executorId(), arithmetic.line());
      prepared = true;
    }
  }
}
