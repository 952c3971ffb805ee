package org.espalier.averaging;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.espalier.engine.kernel.Kernels;

/**
 * Spark plugin, {@code spark.plugins=org.espalier.averaging.EspalierPlugin}: prepares the
 * arithmetic of every executor before its first task, with the kernels that the driver is asked for
 * ({@link Kernels#PROPERTY}), and tells Spark's metrics system of rounds ({@link RunMetrics}).
 */
public final class EspalierPlugin implements SparkPlugin {
  private static final String KERNELS = "kernels";

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext spark, PluginContext context) {
        return Map.of(KERNELS, Kernels.requested());
      }

      @Override
      public void registerMetrics(String application, PluginContext context) {
        RunMetrics.OF_DRIVER.register(context.metricRegistry());
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extra) {
        Kernels.choose(extra.get(KERNELS));
        var unused = ExecutorArithmetic.prepare(context.conf(), context.executorID());
        RunMetrics.OF_EXECUTOR.register(context.metricRegistry());
      }
    };
  }
}
