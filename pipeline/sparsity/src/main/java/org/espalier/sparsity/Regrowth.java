package org.espalier.sparsity;

/** Which value a masked weight has when a mask update brings it back. */
public enum Regrowth {
  /** The raw value that it kept while it was masked: pruning by a threshold. */
  RAW_WEIGHT,
  /** Zero: methods that exchange connections (SET, RigL). */
  ZERO
}
