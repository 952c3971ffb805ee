package org.espalier.averaging;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.espalier.averaging.exchange.Exchange;
import org.espalier.engine.arithmetic.Arithmetic;
import org.espalier.engine.kernel.Kernels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The arithmetic of an executor: prepared once, by {@link EspalierPlugin} when the executor starts
 * or, where that is not installed, by the executor's first task of a run. Thread-safe.
 */
final class ExecutorArithmetic {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorArithmetic.class);

  /** What Spark calls the executor in the driver's process, which has said all this already. */
  private static final String LOCAL = "driver";

  private static ArithmeticFingerprint prepared;

  private ExecutorArithmetic() {}

  /** Chooses what does the arithmetic of this process, before its first network is built. */
  static synchronized ArithmeticFingerprint prepare(SparkConf settings, String executor) {
    if (prepared != null) {
      return prepared;
    }
    Arithmetic arithmetic = Arithmetic.prepare(settings.getInt("spark.task.cpus", 1));
    if (!LOCAL.equals(executor)) {
      LOG.info("executor {}: {}", executor, arithmetic.line());
      LOG.info("executor {}: {}", executor, Kernels.chosen().line());
      arithmetic.warnings().forEach(LOG::warn);
    }
    prepared = ArithmeticFingerprint.ofProcess();
    return prepared;
  }

  /**
   * Compares the arithmetic of the executor that runs the calling task: one that has come after the
   * executors were asked has not been compared yet.
   *
   * @throws ArithmeticMismatch if its results would differ in bits
   */
  static void requireSameAs(ComputingProcess trusted) {
    ArithmeticFingerprint own = ofTask();
    if (!own.equals(trusted.arithmetic())) {
      ArithmeticMismatch.check(
          ComputingProcess.executor(Exchange.ofProcess().address(), own), trusted);
    }
  }

  /** The arithmetic of the executor that runs the calling task. */
  static ArithmeticFingerprint ofTask() {
    SparkEnv environment = SparkEnv.get();
    return prepare(environment.conf(), environment.executorId());
  }
}
