package org.espalier.images;

/** Whether a JPEG that is to become smaller is decoded whole. */
public enum Decoding {
  /** At its own size, whatever it is needed for. */
  WHOLE,
  /**
   * At a half, a quarter or an eighth where both sides stay at least as long as those of the result
   * ({@link Reduction}): faster, and a little different in every pixel.
   */
  SCALED;

  /** The reduction at which an image is decoded of which {@code needed} pixels are wanted. */
  public Reduction reduction(int needed, int shortSide) {
    return this == WHOLE ? Reduction.NONE : Reduction.keeping(needed, shortSide);
  }
}
