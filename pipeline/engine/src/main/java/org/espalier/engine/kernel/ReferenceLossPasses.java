package org.espalier.engine.kernel;

/** {@link LossPasses} as the formulas read, one value at a time. */
final class ReferenceLossPasses implements LossPasses {
  @Override
  public void softmax(Values scores, int classes, Values to) {
    int rows = LossOperands.rows(scores, classes, to);
    for (int row = 0; row < rows; row++) {
      double norm = logNorm(scores, row * classes, classes);
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        to.set(i, Math.exp(scores.get(i) - norm));
      }
    }
  }

  @Override
  public double crossEntropy(
      Values scores,
      Values labels,
      int classes,
      Smoothing smoothing,
      Values weights,
      double scale,
      Values gradient) {
    int rows = LossOperands.rows(scores, classes, gradient);
    LossOperands.require(rows, classes, labels, weights);
    boolean byClass = labels.length() == rows;
    double low = smoothing.low(classes);
    double high = smoothing.high(classes);
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      if (byClass && !LossPasses.isCounted(labels.get(row))) {
        gradient.part(row * classes, classes).fill(0);
        continue;
      }
      double weight = weights == null ? 1 : weights.get(row);
      int gold = byClass ? LossPasses.requireClass(labels.get(row), classes) : -1;
      double norm = logNorm(scores, row * classes, classes);
      for (int c = 0; c < classes; c++) {
        int at = row * classes + c;
        double label = byClass ? (c == gold ? 1 : 0) : labels.get(at);
        double target = low + (high - low) * label;
        double logProbability = scores.get(at) - norm;
        loss -= weight * target * logProbability;
        gradient.set(at, scale * weight * (Math.exp(logProbability) - target));
      }
    }
    return loss;
  }

  private static double logNorm(Values scores, int from, int classes) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + classes; i++) {
      highest = Math.max(highest, scores.get(i));
    }
    double sum = 0;
    for (int i = from; i < from + classes; i++) {
      sum += Math.exp(scores.get(i) - highest);
    }
    return highest + Math.log(sum);
  }
}
