package org.espalier.engine.transformer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * States of sequences as DL4J has them, `[batch, width, length]`, which lie feature by feature:
 * `[width, batch, length]`.
 */
final class StateArrays {
  private StateArrays() {}

  /** The array for DL4J of one that lies feature by feature, in the same memory. */
  static INDArray ofFeatures(INDArray states) {
    return states.permute(1, 0, 2);
  }

  /** The array as it lies, feature by feature; a copy where it lies otherwise. */
  static INDArray byFeature(INDArray states) {
    INDArray features = states.permute(1, 0, 2);
    boolean dense =
        features.stride(2) == 1
            && features.stride(1) == features.size(2)
            && features.stride(0) == features.size(1) * features.size(2);
    return dense ? features : features.dup('c');
  }
}
