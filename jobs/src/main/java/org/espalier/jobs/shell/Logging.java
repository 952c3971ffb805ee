package org.espalier.jobs.shell;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/** How much the driver logs. Executors log as log4j2.properties says. */
final class Logging {
  private Logging() {}

  static void configure(JobOptions options) {
    if (options.verbose()) {
      Configurator.setRootLevel(Level.INFO);
    }
  }

  /** Ends all logging: what Spark's threads say while the process is being stopped is noise. */
  static void silence() {
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {});
  }
}
