package org.espalier.imagenet;

/** A file that can be no image before anything looks into it; its message says why. */
final class RejectedFileException extends Exception {
  private static final long serialVersionUID = 1L;

  RejectedFileException(String reason) {
    super(reason);
  }
}
