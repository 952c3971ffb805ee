package org.espalier.images.baseline;

/**
 * The factors of the scaled cosine transform of Arai, Agui and Nakajima (1988): of row and column.
 */
final class Aan {
  private static final double[] FACTORS = {
    1.0, 1.387039845, 1.306562965, 1.175875602, 1.0, 0.785694958, 0.541196100, 0.275899379
  };

  private Aan() {}

  /** The factor of a place in the block, row by row. */
  static double factor(int place) {
    return FACTORS[place >> 3] * FACTORS[place & 7];
  }
}
