package org.espalier.averaging.exchange;

import java.io.IOException;

/**
 * Thrown where shards cannot be handed on or fetched because the process that they belong to is
 * gone, or never had them. The round can be run again from its beginning, with the same outcome.
 */
public final class LostShards extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostShards(String message, Throwable cause) {
    super(message, cause);
  }

  LostShards(String message) {
    super(message);
  }

  /** Of a task that Spark starts again in a stretch whose other tasks have gone on or ended. */
  public static LostShards ofEnded(Stretch stretch) {
    return new LostShards("Cannot take part in %s again: it was ended".formatted(stretch.key()));
  }

  /** Whether a failure, or what caused it, is of this kind or one of reading: it may pass. */
  public static boolean mayPass(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LostShards || cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }
}
