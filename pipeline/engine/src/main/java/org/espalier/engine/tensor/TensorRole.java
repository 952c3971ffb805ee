package org.espalier.engine.tensor;

/** The part that a tensor plays in a network. */
public enum TensorRole {
  /** Factors of inputs: what masks are held for and what weight decay reaches. */
  WEIGHT,
  /** Addends of outputs. */
  BIAS,
  /** Scales and shifts of a normalisation; of DL4J's own layers its running moments too. */
  NORMALISATION,
  /** Running moments of a normalisation, which are set and not trained. */
  MOMENTS,
  /** A second parameter of every weight, such as log sigma^2 or log alpha of drawn weights. */
  COMPANION
}
