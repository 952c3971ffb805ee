package org.espalier.averaging;

import org.espalier.base.Metric;
import org.espalier.sparsity.NotANumberScoreException;

/** A run ended because its loss or its weights were no longer finite numbers. */
public final class Divergence extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long step;
  private final double loss;

  private Divergence(String what, long step, double loss, Throwable cause) {
    super("The run diverged: %s; lower the learning rate.".formatted(what), cause);
    this.step = step;
    this.loss = loss;
  }

  /** Noticed when a round's losses were added up. */
  static Divergence inTraining(long step, double loss) {
    return new Divergence(
        "its mean loss was %s in the round that ended at step %d".formatted(loss, step),
        step,
        loss,
        null);
  }

  /** Noticed when masks were to be updated, after a round whose loss was still finite. */
  static Divergence inMaskUpdate(long step, double loss, NotANumberScoreException cause) {
    return new Divergence(
        "its mean loss was %s and the averaged weights of %s are not numbers after step %d"
            .formatted(loss, cause.tensor(), step),
        step,
        loss,
        cause);
  }

  /** Noticed when the trained network was evaluated, after rounds whose losses were finite. */
  public static Divergence inEvaluation(long step, Metric metric, double value) {
    return new Divergence(
        "its %s on the test split was %s after step %d".formatted(metric.name(), value, step),
        step,
        value,
        null);
  }

  /** Noticed in the trained network, after rounds whose losses were finite. */
  public static Divergence inParameters(long step) {
    return new Divergence(
        "its parameters are not all finite numbers after step %d".formatted(step),
        step,
        Double.NaN,
        null);
  }

  /** Number of steps done when it was noticed. */
  public long step() {
    return step;
  }

  /** The last mean loss, finite only where weights were noticed first in an update of masks. */
  public double loss() {
    return loss;
  }
}
