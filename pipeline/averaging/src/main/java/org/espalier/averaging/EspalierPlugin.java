package org.espalier.averaging;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.espalier.engine.arithmetic.Arithmetic;
import org.espalier.engine.kernel.Kernels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark plugin, {@code spark.plugins=org.espalier.averaging.EspalierPlugin}: prepares the
 * arithmetic of every executor before its first task, and tells Spark's metrics system of rounds
 * ({@link RoundMetrics} on the driver, {@link WorkerMetrics} on executors).
 */
public final class EspalierPlugin implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(EspalierPlugin.class);

  /** What Spark calls the executor in the driver's process, which has said all this already. */
  private static final String LOCAL = "driver";

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext spark, PluginContext context) {
        return Map.of();
      }

      @Override
      public void registerMetrics(String application, PluginContext context) {
        RoundMetrics.OF_DRIVER.register(context.metricRegistry());
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extra) {
        prepareExecutor(context.conf(), context.executorID());
        WorkerMetrics.OF_EXECUTOR.register(context.metricRegistry());
      }
    };
  }

  /** Chooses what does the arithmetic on an executor, before its first network is built. */
  public static void prepareExecutor(SparkConf settings, String executor) {
    Arithmetic arithmetic = Arithmetic.prepare(settings.getInt("spark.task.cpus", 1));
    if (!LOCAL.equals(executor)) {
      LOG.info("executor {}: {}", executor, arithmetic.line());
      LOG.info("executor {}: {}", executor, Kernels.chosen().line());
      arithmetic.warnings().forEach(LOG::warn);
    }
  }
}
