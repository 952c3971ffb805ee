package org.espalier.averaging.exchange;

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

  /** Whether a failure, or what caused it, is of this kind. */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LostShards) {
        return true;
      }
    }
    return false;
  }
}
