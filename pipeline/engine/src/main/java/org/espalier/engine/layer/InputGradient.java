package org.espalier.engine.layer;

/** Whether a layer hands a gradient to what is below it. */
public enum InputGradient {
  /** It does. */
  COMPUTED,
  /** It does not, because nothing below it learns: the first layer of a network. */
  OMITTED
}
