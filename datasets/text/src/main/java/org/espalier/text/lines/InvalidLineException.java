package org.espalier.text.lines;

import java.io.IOException;

/** A line that is no text, said in words fit to follow a colon. */
public final class InvalidLineException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long number;
  private final String reason;

  /**
   * A line that is no text.
   *
   * @param number of the line, from 1
   * @param reason completes "line 7 ..."
   */
  public InvalidLineException(long number, String reason) {
    super("line %d %s".formatted(number, reason));
    this.number = number;
    this.reason = reason;
  }

  /** The number of the line, from 1. */
  public long number() {
    return number;
  }

  /** What completes "line 7 ...". */
  public String reason() {
    return reason;
  }
}
