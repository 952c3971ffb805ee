package org.espalier.tasks.translation;

import java.nio.FloatBuffer;
import org.espalier.datasets.SentencePairs.Side;
import org.espalier.datasets.batch.BatchRows;
import org.espalier.datasets.rows.IntListColumn;
import org.espalier.datasets.rows.Rows;
import org.espalier.engine.operations.HostVector;
import org.espalier.tasks.Minibatch;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A minibatch of sentence pairs: source and target, each `[batch, 3, length]` with ids, segments
 * and positions, and the target's ids as labels `[batch, length]`, {@value #UNCOUNTED} in gaps. A
 * side is as long as its longest row, at least 1; gaps, also those after the end of a shorter row,
 * are 0 throughout. The arrays are filled again for every batch. Used by one thread at a time.
 */
final class SentenceArrays implements Minibatch, AutoCloseable {
  private static final int PLANES = 3;
  private static final int SEGMENTS = 1;
  private static final int UNCOUNTED = -1;

  private final INDArray source;
  private final INDArray target;
  private final INDArray labels;
  private final float[] plane;
  private final int[] numbers;
  private int count;
  private int sourceLength;
  private int targetLength;

  /** Arrays for batches of at most so many rows of at most so many subwords a side. */
  SentenceArrays(int rows, int length) {
    long slots = (long) rows * length;
    this.source = Nd4j.createUninitialized(DataType.FLOAT, PLANES * slots);
    this.target = Nd4j.createUninitialized(DataType.FLOAT, PLANES * slots);
    this.labels = Nd4j.createUninitialized(DataType.FLOAT, slots);
    this.plane = new float[length];
    this.numbers = new int[length];
  }

  /** The number of values that the arrays of such batches have. */
  static long values(int rows, int length) {
    return (2L * PLANES + 1) * rows * length;
  }

  void fill(BatchRows rows) {
    count = rows.count();
    sourceLength = longest(rows, Side.SOURCE);
    targetLength = longest(rows, Side.TARGET);
    HostVector.of(source).fill(values -> fillSide(rows, Side.SOURCE, sourceLength, values));
    HostVector.of(target).fill(values -> fillSide(rows, Side.TARGET, targetLength, values));
    HostVector.of(labels).fill(values -> fillLabels(rows, values));
  }

  private static int longest(BatchRows rows, Side side) {
    int longest = 1;
    for (int i = 0; i < rows.count(); i++) {
      longest = Math.max(longest, side.ids(rows.rows(i)).length(rows.index(i)));
    }
    return longest;
  }

  private void fillSide(BatchRows batch, Side side, int length, FloatBuffer values) {
    for (int i = 0; i < count; i++) {
      Rows rows = batch.rows(i);
      int row = batch.index(i);
      int at = i * PLANES * length;
      put(side.ids(rows), row, length, values, at);
      put(side.segments(rows), row, length, values, at + SEGMENTS * length);
      put(side.positions(rows), row, length, values, at + (PLANES - 1) * length);
    }
  }

  private void put(IntListColumn column, int row, int length, FloatBuffer values, int at) {
    int given = column.length(row);
    column.copy(row, numbers, 0);
    for (int i = 0; i < length; i++) {
      plane[i] = i < given ? numbers[i] : 0;
    }
    values.put(at, plane, 0, length);
  }

  private void fillLabels(BatchRows batch, FloatBuffer values) {
    for (int i = 0; i < count; i++) {
      Rows rows = batch.rows(i);
      int row = batch.index(i);
      int at = i * targetLength;
      put(Side.TARGET.ids(rows), row, targetLength, values, at);
      Side.TARGET.segments(rows).copy(row, numbers, 0);
      int given = Side.TARGET.segments(rows).length(row);
      for (int k = 0; k < targetLength; k++) {
        if (k >= given || numbers[k] == 0) {
          values.put(at + k, UNCOUNTED);
        }
      }
    }
  }

  @Override
  public MultiDataSet arrays() {
    return new org.nd4j.linalg.dataset.MultiDataSet(
        new INDArray[] {
          filled(source, count, PLANES, sourceLength), filled(target, count, PLANES, targetLength)
        },
        new INDArray[] {filled(labels, count, targetLength)});
  }

  private static INDArray filled(INDArray values, long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return values.get(NDArrayIndex.interval(0, length)).reshape('c', shape);
  }

  @Override
  public void close() {
    source.close();
    target.close();
    labels.close();
  }
}
