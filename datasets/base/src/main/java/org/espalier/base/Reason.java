package org.espalier.base;

/** Why something failed, as the middle of a sentence for a person. */
public final class Reason {
  private Reason() {}

  /** The first line of the failure's message without its full stop, or the name of its class. */
  public static String of(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    String line = message.strip().lines().findFirst().orElseThrow();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
