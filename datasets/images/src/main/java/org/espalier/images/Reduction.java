package org.espalier.images;

import org.espalier.images.baseline.Region;

/**
 * The size at which a JPEG is decoded: whole, or from fewer coefficients of each block at a half, a
 * quarter or an eighth of its sides, which costs less the smaller it is. Sides are rounded up.
 */
public enum Reduction {
  /** As it is. */
  NONE(1),
  /** Half its sides. */
  HALF(2),
  /** A quarter of its sides. */
  QUARTER(4),
  /** An eighth of its sides. */
  EIGHTH(8);

  private final int divisor;

  Reduction(int divisor) {
    this.divisor = divisor;
  }

  /** The strongest reduction that leaves a side of {@code pixels} at least {@code needed} long. */
  public static Reduction keeping(int needed, int pixels) {
    Reduction strongest = NONE;
    for (Reduction reduction : values()) {
      if (pixels / reduction.divisor >= needed) {
        strongest = reduction;
      }
    }
    return strongest;
  }

  /** The pixels of the whole image, in a row or column, for one of the reduced. */
  int divisor() {
    return divisor;
  }

  /** The length of a side that is {@code pixels} long in the file. */
  public int of(int pixels) {
    return (pixels + divisor - 1) / divisor;
  }

  /** The pixels of a reduced image that a region of the whole one reaches into. */
  Region of(Region region, RgbImage reduced) {
    int x = region.x() / divisor;
    int y = region.y() / divisor;
    return new Region(
        x,
        y,
        Math.min(reduced.width(), of(region.x() + region.width())) - x,
        Math.min(reduced.height(), of(region.y() + region.height())) - y);
  }
}
