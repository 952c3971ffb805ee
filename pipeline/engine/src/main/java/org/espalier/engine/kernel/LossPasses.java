package org.espalier.engine.kernel;

/**
 * Softmax and cross-entropy over rows of scores. Without allocation; an object is used by one
 * thread at a time.
 */
public interface LossPasses {
  /** The class of a row that is not judged. */
  int UNCOUNTED = -1;

  /** {@code to = softmax(scores)}, row by row; {@code to} may be the scores. */
  void softmax(Values scores, int classes, Values to);

  /**
   * The cross-entropy of smoothed labels and its gradient.
   *
   * @param scores `[rows, classes]`
   * @param labels `[rows, classes]`, each row a one-hot label, or `[rows]`, the class of each,
   *     {@value #UNCOUNTED} where a row has neither loss nor gradient
   * @param classes number of classes
   * @param weights `[rows]`, a factor for each row, or null for 1
   * @param scale factor of the gradient alone
   * @param gradient becomes {@code scale * weight * (softmax - target)}; may be the scores
   * @return {@code sum over the rows of weight * cross-entropy}
   */
  double crossEntropy(
      Values scores,
      Values labels,
      int classes,
      Smoothing smoothing,
      Values weights,
      double scale,
      Values gradient);

  /** Whether a row is judged, by its label's class. */
  static boolean isCounted(double label) {
    return label != UNCOUNTED;
  }

  /**
   * A label as the number of one of so many classes.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  static int requireClass(double label, int classes) {
    if (!(label >= 0 && label < classes) || label != Math.rint(label)) {
      throw new IllegalArgumentException(
          "Cannot judge a row by the class %s: classes are whole numbers from 0 to %d."
              .formatted(label, classes - 1));
    }
    return (int) label;
  }
}
