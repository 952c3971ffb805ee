package org.espalier.engine.replica;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Judges class probabilities against one-hot labels, in plain Java and a fixed order. */
final class ClassScores {
  private static final double SMALLEST = 1e-10;

  private ClassScores() {}

  /** Both arrays are `[batch, classes]`; among equal scores the lowest class counts. */
  static EvaluationReport judge(INDArray probabilities, INDArray labels) {
    float[][] rows = probabilities.toFloatMatrix();
    float[][] truth = labels.toFloatMatrix();
    long correct = 0;
    double loss = 0;
    for (int i = 0; i < rows.length; i++) {
      int label = highest(truth[i]);
      if (highest(rows[i]) == label) {
        correct++;
      }
      loss -= Math.log(Math.max(rows[i][label], SMALLEST));
    }
    return new EvaluationReport(rows.length, correct, loss);
  }

  private static int highest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
