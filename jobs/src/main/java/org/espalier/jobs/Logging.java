package org.espalier.jobs;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** How much the driver logs. Executors log as log4j2.properties says. */
final class Logging {
  private Logging() {}

  static void configure(JobOptions options) {
    if (options.verbose()) {
      Configurator.setRootLevel(Level.INFO);
    }
  }
}
