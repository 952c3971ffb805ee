package org.espalier.engine.replica;

import org.espalier.engine.tensor.MultiplyAdds;

/**
 * The report of a replica on the steps that it ran.
 *
 * @param steps number of steps that it had examples for
 * @param weight number of examples that its losses were means over, or of positions that counted in
 *     sequences (tokens): what the vectors of workers are weighed by
 * @param lossSum loss summed over these (mean loss times weight)
 * @param multiplyAdds those of own layers in these steps
 */
public record StepReport(int steps, long weight, double lossSum, MultiplyAdds multiplyAdds) {
  /** The report on no step. */
  static final StepReport NONE = new StepReport(0, 0, 0, MultiplyAdds.NONE);
}
