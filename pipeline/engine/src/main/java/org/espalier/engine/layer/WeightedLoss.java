package org.espalier.engine.layer;

/** The end of a network whose loss is a mean over the positions of a batch that count. */
public interface WeightedLoss {
  /**
   * The weight of the batch whose loss was computed last: the number of examples, or of positions,
   * that count, or the sum of their weights. The mean times this is the batch's loss.
   */
  double weight();
}
