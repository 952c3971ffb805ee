package org.espalier.averaging;

/** Training ended because its loss was no longer a finite number. */
public final class Divergence extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long step;
  private final double loss;

  Divergence(long step, double loss) {
    super(
        "The run diverged: its mean loss was %s in the round that ended at step %d; lower the learning rate."
            .formatted(loss, step));
    this.step = step;
    this.loss = loss;
  }

  /** Number of steps done when it was noticed. */
  public long step() {
    return step;
  }

  /** The mean loss that was not finite. */
  public double loss() {
    return loss;
  }
}
