package org.espalier.engine.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the activations of a batch lie: position by position, or, between layers that leave masked
 * weights out, feature by feature, which is what ND4J calls the order f of `[positions, features]`.
 */
final class Lying {
  private Lying() {}

  /** Whether an array of a shape may lie feature by feature. */
  static boolean canLieByFeature(long[] shape) {
    return shape.length == 2;
  }

  /** Whether an array lies feature by feature, one after the other. */
  static boolean byFeature(INDArray array) {
    return array.rank() == 2
        && array.stride(0) == 1
        && array.stride(1) == array.size(0)
        && array.size(0) > 1
        && array.size(1) > 1;
  }

  /** Of an array that lies one way or the other, ND4J's name for it. */
  static char order(INDArray array) {
    return byFeature(array) ? 'f' : 'c';
  }
}
