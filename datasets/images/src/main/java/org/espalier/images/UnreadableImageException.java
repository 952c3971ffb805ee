package org.espalier.images;

import java.io.IOException;

/** A file that is no image, or none that can be decoded; its message is fit to follow a colon. */
public final class UnreadableImageException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableImageException(String reason) {
    super(reason);
  }

  UnreadableImageException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
