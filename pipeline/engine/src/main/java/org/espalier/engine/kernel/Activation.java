package org.espalier.engine.kernel;

/** What a layer does to its sums. */
public enum Activation {
  /** Nothing. */
  IDENTITY,
  /** {@code max(z, 0)}. */
  RELU;

  double of(double z) {
    return this == RELU ? Math.max(z, 0) : z;
  }

  /** The factor of a gradient where the output is {@code y}. */
  double slope(double y) {
    return this == IDENTITY || y > 0 ? 1 : 0;
  }
}
