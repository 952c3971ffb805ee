package org.espalier.engine.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Whether the values of an ND4J array lie one after the other. */
final class Density {
  private Density() {}

  static void require(INDArray array) {
    if (!dense(array)) {
      throw new IllegalArgumentException(
          "Cannot compute with an array of shape %s and strides %s: its values must lie one after the other; copy it with dup()."
              .formatted(
                  java.util.Arrays.toString(array.shape()),
                  java.util.Arrays.toString(array.stride())));
    }
  }

  static boolean dense(INDArray array) {
    return rowMajor(array) || columnMajor(array);
  }

  static boolean rowMajor(INDArray array) {
    long expected = 1;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      if (array.size(axis) != 1 && array.stride(axis) != expected) {
        return false;
      }
      expected *= array.size(axis);
    }
    return true;
  }

  private static boolean columnMajor(INDArray array) {
    long expected = 1;
    for (int axis = 0; axis < array.rank(); axis++) {
      if (array.size(axis) != 1 && array.stride(axis) != expected) {
        return false;
      }
      expected *= array.size(axis);
    }
    return true;
  }
}
