package org.espalier.sparsity;

/** Weights cannot be ranked because the score of one is not a number: the run has diverged. */
public final class NotANumberScoreException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  private final String tensor;
  private final int index;

  NotANumberScoreException(String tensor, int index) {
    super(
        "Cannot rank the weights of "
            + tensor
            + ": the score at flat index "
            + index
            + " is not a number, so the run has diverged; lower the learning rate.");
    this.tensor = tensor;
    this.index = index;
  }

  /** Name of the tensor. */
  public String tensor() {
    return tensor;
  }

  /** Flat index within the tensor of the first score that is not a number. */
  public int index() {
    return index;
  }
}
