package org.espalier.averaging;

import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.espalier.arithmetic.Arithmetic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark plugin that prepares the arithmetic of every executor before its first task: {@code
 * spark.plugins=org.espalier.averaging.ExecutorSetup}.
 */
public final class ExecutorSetup implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorSetup.class);

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extra) {
        Arithmetic arithmetic = Arithmetic.prepare(context.conf().getInt("spark.task.cpus", 1));
        LOG.info("executor {}: {}", context.executorID(), arithmetic.line());
        arithmetic.warnings().forEach(LOG::warn);
      }
    };
  }
}
