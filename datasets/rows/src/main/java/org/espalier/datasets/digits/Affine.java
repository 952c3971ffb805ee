package org.espalier.datasets.digits;

/**
 * The plane map {@code (x, y) -> (a x + b y + tx, c x + d y + ty)}.
 *
 * <p>Sines come from {@link StrictMath}: those of {@link Math} may differ in the last bit from one
 * machine to the next, and the drawn bytes must not.
 */
record Affine(double a, double b, double c, double d, double tx, double ty) {

  /** Moves by {@code (x, y)}. */
  static Affine translation(double x, double y) {
    return new Affine(1, 0, 0, 1, x, y);
  }

  /** Stretches about the origin. */
  static Affine scaling(double x, double y) {
    return new Affine(x, 0, 0, y, 0, 0);
  }

  /** Slants to the right by {@code slope} per unit of height; y grows downwards. */
  static Affine shear(double slope) {
    return new Affine(1, -slope, 0, 1, 0, 0);
  }

  /** Turns about the origin by {@code radians}. */
  static Affine rotation(double radians) {
    double cos = StrictMath.cos(radians);
    double sin = StrictMath.sin(radians);
    return new Affine(cos, -sin, sin, cos, 0, 0);
  }

  /** This map first, {@code next} after it. */
  Affine then(Affine next) {
    return new Affine(
        next.a * a + next.b * c,
        next.a * b + next.b * d,
        next.c * a + next.d * c,
        next.c * b + next.d * d,
        next.a * tx + next.b * ty + next.tx,
        next.c * tx + next.d * ty + next.ty);
  }

  double x(double x, double y) {
    return a * x + b * y + tx;
  }

  double y(double x, double y) {
    return c * x + d * y + ty;
  }
}
