package org.espalier.jobs.loss;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** The messages that a logger of this JVM is given. */
final class LogLines extends AbstractAppender implements AutoCloseable {
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Logger logger;

  private LogLines(Logger logger) {
    super(logger.getName() + " in a test", null, null, true, Property.EMPTY_ARRAY);
    this.logger = logger;
  }

  static LogLines of(String name) {
    LogLines lines = new LogLines((Logger) LogManager.getLogger(name));
    lines.start();
    lines.logger.addAppender(lines);
    return lines;
  }

  List<String> messages() {
    return List.copyOf(messages);
  }

  void clear() {
    messages.clear();
  }

  @Override
  public void append(LogEvent event) {
    messages.add(event.getMessage().getFormattedMessage());
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    stop();
  }
}
