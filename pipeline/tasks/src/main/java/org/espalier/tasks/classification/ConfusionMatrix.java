package org.espalier.tasks.classification;

import java.util.List;
import org.espalier.tasks.Predictions;

/**
 * How many rows of each class are taken for each class, and the cross-entropy of each class's rows.
 * Counts and sums are taken row by row in the order of the rows. Immutable.
 */
public final class ConfusionMatrix {
  private final long[][] rows;
  private final double[] losses;

  /**
   * The matrix of all rows of a split.
   *
   * @param classes number of classes
   * @param batches in the order of the rows
   */
  public ConfusionMatrix(int classes, List<Predictions> batches) {
    rows = new long[classes][classes];
    losses = new double[classes];
    for (Predictions batch : batches) {
      for (int i = 0; i < batch.count(); i++) {
        rows[batch.truth(i)][batch.predicted(i)]++;
        losses[batch.truth(i)] += batch.loss(i);
      }
    }
  }

  /** Number of classes. */
  public int classes() {
    return rows.length;
  }

  /** Rows of a class that are taken for another, or for itself. */
  public long rows(int truth, int predicted) {
    return rows[truth][predicted];
  }

  /** Rows of a class. */
  public long rows(int truth) {
    long sum = 0;
    for (long each : rows[truth]) {
      sum += each;
    }
    return sum;
  }

  /** Rows of a class that are taken for it. */
  public long right(int truth) {
    return rows[truth][truth];
  }

  /** Sum of the cross-entropies of a class's rows, in nats. */
  public double loss(int truth) {
    return losses[truth];
  }
}
