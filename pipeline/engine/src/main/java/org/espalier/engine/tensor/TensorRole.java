package org.espalier.engine.tensor;

/** The part that a tensor plays in a network. */
public enum TensorRole {
  /** Factors of inputs: what masks are held for and what weight decay reaches. */
  WEIGHT,
  /** Addends of outputs. */
  BIAS,
  /** Scales, shifts and running moments of a normalisation. */
  NORMALISATION,
  /** A second parameter of every weight, such as log sigma^2 or log alpha of drawn weights. */
  COMPANION
}
