package org.espalier.averaging.parts;

/** A file of a vector that is missing, or not as it was written. */
public final class DamagedPart extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedPart(String reason) {
    super(reason);
  }
}
