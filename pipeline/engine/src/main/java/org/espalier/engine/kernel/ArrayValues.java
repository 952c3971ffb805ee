package org.espalier.engine.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The values of an ND4J array, wherever its backend keeps them, for ND4J's operations. */
public final class ArrayValues extends Values {
  private final Lifetime lifetime;
  private final INDArray array;

  private ArrayValues(Lifetime lifetime, INDArray array) {
    this.lifetime = lifetime;
    this.array = array;
  }

  /**
   * The values of an array in the order of its buffer, valid as long as the array is open. The
   * array must be dense, in row-major or column-major order.
   *
   * @throws IllegalArgumentException if it is not, or is empty
   */
  public static Values of(INDArray array) {
    requireFull(array);
    char order = Density.rowMajor(array) ? 'c' : 'f';
    return new ArrayValues(new Lifetime(array), array.reshape(order, new long[] {array.length()}));
  }

  /**
   * These values, if they are those of an array.
   *
   * @throws IllegalArgumentException if they are not
   */
  public static ArrayValues require(Values values) {
    if (values instanceof ArrayValues arrays) {
      return arrays;
    }
    throw new IllegalArgumentException(
        "Cannot run ND4J's operations on off-heap values; take ArrayValues.of(array).");
  }

  /** A view of the values, `[length]`; refused after release. */
  public INDArray array() {
    lifetime.require();
    return array;
  }

  @Override
  public Values sameType(int count) {
    return of(Nd4j.zeros(array.dataType(), requireLength(count)));
  }

  @Override
  public int length() {
    return Math.toIntExact(array.length());
  }

  @Override
  public double get(int index) {
    return array().getDouble(index);
  }

  @Override
  public void set(int index, double value) {
    array().putScalar(index, value);
  }

  @Override
  public void fill(double value) {
    array().assign(value);
  }

  @Override
  public Values part(int from, int count) {
    INDArray whole = array();
    requirePart(from, count, length());
    INDArray part = whole.get(NDArrayIndex.interval(from, from + count));
    return new ArrayValues(lifetime, part);
  }

  @Override
  public void release() {
    lifetime.end();
  }
}
