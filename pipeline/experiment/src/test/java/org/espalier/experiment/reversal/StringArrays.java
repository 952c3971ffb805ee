package org.espalier.experiment.reversal;

import org.espalier.datasets.batch.BatchRows;
import org.espalier.tasks.Minibatch;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A minibatch of strings, both `[batch, longest]`: tokens are {@value #PAD} beyond a string's end
 * and its digits + 1 before, labels are the digits from last to first and then {@value #UNCOUNTED}.
 */
final class StringArrays implements Minibatch, AutoCloseable {
  private static final int PAD = 0;
  private static final int UNCOUNTED = -1;

  private final INDArray tokens;
  private final INDArray labels;
  private int count;

  StringArrays(int batch, int longest) {
    this.tokens = Nd4j.createUninitialized(DataType.FLOAT, batch, longest);
    this.labels = Nd4j.createUninitialized(DataType.FLOAT, batch, longest);
  }

  void fill(BatchRows rows) {
    count = rows.count();
    tokens.assign(PAD);
    labels.assign(UNCOUNTED);
    for (int i = 0; i < count; i++) {
      int[] digits = DigitStrings.digits(rows.rows(i)).at(rows.index(i));
      for (int k = 0; k < digits.length; k++) {
        tokens.putScalar(i, k, digits[k] + 1);
        labels.putScalar(i, k, digits[digits.length - 1 - k]);
      }
    }
  }

  @Override
  public MultiDataSet arrays() {
    return new MultiDataSet(new INDArray[] {filled(tokens)}, new INDArray[] {filled(labels)});
  }

  private INDArray filled(INDArray array) {
    return array.get(NDArrayIndex.interval(0, count));
  }

  @Override
  public void close() {
    tokens.close();
    labels.close();
  }
}
