package org.espalier.engine.layer;

/** Whether a layer adds a number to each of its outputs. */
public enum Bias {
  /** It does, and learns it. */
  LEARNED,
  /** It does not. */
  NONE
}
