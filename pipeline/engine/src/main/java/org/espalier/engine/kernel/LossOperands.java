package org.espalier.engine.kernel;

/** Checks of what a loss is computed from. */
final class LossOperands {
  private LossOperands() {}

  /** Number of rows. */
  static int rows(Values scores, int classes, Values gradient) {
    int rows = scores.rows(classes);
    if (gradient.length() != scores.length()) {
      throw new IllegalArgumentException(
          "Cannot write %d values into %d: scores and result must be of one length."
              .formatted(scores.length(), gradient.length()));
    }
    return rows;
  }

  static void require(int rows, int classes, Values labels, Values weights) {
    if (labels.length() != rows && labels.length() != (long) rows * classes) {
      throw new IllegalArgumentException(
          "Cannot judge %d rows of %d classes by %d labels: give one class per row or one-hot rows."
              .formatted(rows, classes, labels.length()));
    }
    if (weights != null && weights.length() != rows) {
      throw new IllegalArgumentException(
          "Cannot weigh %d rows by %d weights: give one per row."
              .formatted(rows, weights.length()));
    }
  }
}
