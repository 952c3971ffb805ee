package org.espalier.engine.sparse;

/** How the activations of a batch lie. */
public enum Order {
  /** Position by position: `[positions, features]` in row-major order. */
  POSITIONS,
  /** Feature by feature: `[positions, features]` in column-major order. */
  FEATURES
}
