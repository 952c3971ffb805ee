package org.espalier.engine.operations;

import static org.espalier.engine.operations.Operations.flat;
import static org.espalier.engine.operations.Operations.matrix;

import org.espalier.engine.kernel.LossPasses;
import org.espalier.engine.kernel.Smoothing;
import org.espalier.engine.kernel.Values;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link LossPasses}, an operation for each part of a formula. */
final class OperationLossPasses implements LossPasses {
  @Override
  public void softmax(Values scores, int classes, Values to) {
    matrix(to, classes).assign(Transforms.softmax(matrix(scores, classes), true));
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
    INDArray table = matrix(scores, classes);
    double low = smoothing.low(classes);
    INDArray targets = oneHot(labels, table).muli(smoothing.high(classes) - low).addi(low);
    INDArray shifted = table.subColumnVector(table.max(1));
    INDArray logs = shifted.subiColumnVector(Transforms.log(Transforms.exp(shifted, true).sum(1)));
    INDArray losses = logs.mul(targets).sum(1).negi();
    INDArray delta = Transforms.exp(logs, false).subi(targets).muli(scale);
    INDArray factors = factors(labels, weights, table);
    if (factors != null) {
      losses.muli(factors);
      delta.muliColumnVector(factors);
    }
    matrix(gradient, classes).assign(delta);
    return losses.sumNumber().doubleValue();
  }

  /** A factor for every row, or null where all are 1. */
  private static INDArray factors(Values labels, Values weights, INDArray table) {
    INDArray given = weights == null ? null : flat(weights);
    if (labels.length() == table.length()) {
      return given;
    }
    INDArray counted = flat(labels).neq(LossPasses.UNCOUNTED).castTo(table.dataType());
    return given == null ? counted : counted.muli(given);
  }

  /** One-hot rows like a table of scores, from such rows or from one class per row. */
  private static INDArray oneHot(Values labels, INDArray table) {
    int classes = Math.toIntExact(table.size(1));
    if (labels.length() == table.length()) {
      return matrix(labels, classes).dup();
    }
    INDArray rows = Nd4j.zeros(table.dataType(), table.shape());
    double[] numbers = flat(labels).toDoubleVector();
    for (int i = 0; i < numbers.length; i++) {
      if (LossPasses.isCounted(numbers[i])) {
        rows.putScalar(i, LossPasses.requireClass(numbers[i], classes), 1);
      }
    }
    return rows;
  }
}
