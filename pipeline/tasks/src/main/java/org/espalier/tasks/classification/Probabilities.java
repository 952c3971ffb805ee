package org.espalier.tasks.classification;

/**
 * What is read from the probabilities that a network gives the classes of one row. Among equal
 * probabilities the lower class comes first, and none counts as less than 1e-10.
 */
final class Probabilities {
  private static final double SMALLEST = 1e-10;

  private Probabilities() {}

  /** The class of the highest. */
  static int highest(float[] ofClasses) {
    int best = 0;
    for (int i = 1; i < ofClasses.length; i++) {
      if (ofClasses[i] > ofClasses[best]) {
        best = i;
      }
    }
    return best;
  }

  /** How many classes come before one. */
  static int rank(float[] ofClasses, int of) {
    int before = 0;
    for (int i = 0; i < ofClasses.length; i++) {
      if (ofClasses[i] > ofClasses[of] || (i < of && ofClasses[i] == ofClasses[of])) {
        before++;
      }
    }
    return before;
  }

  /** The negative natural logarithm of a class's. */
  static double loss(float[] ofClasses, int of) {
    return -Math.log(Math.max(ofClasses[of], SMALLEST));
  }
}
