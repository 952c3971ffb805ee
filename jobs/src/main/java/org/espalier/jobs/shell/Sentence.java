package org.espalier.jobs.shell;

import org.apache.spark.SparkException;
import org.espalier.averaging.exchange.BrokenInvariant;
import org.espalier.averaging.exchange.RunFailure;
import org.espalier.base.Refusal;

/** What a person is told of a failure. */
final class Sentence {
  private Sentence() {}

  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && (cause instanceof SparkException || isBare(cause))) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    if (cause instanceof Refusal
        || cause instanceof RunFailure
        || cause instanceof BrokenInvariant) {
      return message;
    }
    String what = message == null || message.isBlank() ? "no reason given" : firstLine(message);
    return "%s (%s; --verbose shows where)".formatted(what, cause.getClass().getSimpleName());
  }

  private static boolean isBare(Throwable failure) {
    return failure.getClass() == RuntimeException.class
        || failure instanceof java.util.concurrent.ExecutionException
        || failure.getMessage() == null;
  }

  /** Spark puts an executor's whole stack trace into the message. */
  private static String firstLine(String message) {
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(message).strip();
  }
}
