package org.espalier.engine.transformer;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Sharing;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.layer.CountedMap;
import org.espalier.engine.sparse.Activations;
import org.espalier.engine.sparse.Order;
import org.espalier.engine.weights.Affine;
import org.espalier.engine.weights.WeightTensor;

/**
 * A matrix in its passes, over all weights or over those that a mask keeps. A backward pass follows
 * the training pass of the same batch.
 */
final class Projection implements AutoCloseable {
  private final WeightTensor weights;
  private final CountedMap map;
  private final Affine affine;
  private boolean leavesOut;

  private Projection(WeightTensor weights, CountedMap map, Sharing sharing) {
    this.weights = weights;
    this.map = map;
    this.affine = Affine.linear(map, sharing);
  }

  /**
   * A matrix whose noise the positions of a sequence share.
   *
   * @param length positions of a sequence
   * @param into what becomes of the gradient of the input
   */
  static Projection shared(
      TransformerHost host, String key, int out, int in, int sequences, int length, Into into) {
    return new Projection(
        host.weights(key), map(host, key, out, in, sequences * length, into), new Sharing(length));
  }

  /** A matrix with noise of its own at every position. */
  static Projection fresh(TransformerHost host, String key, int out, int in, int positions) {
    return new Projection(
        host.weights(key), map(host, key, out, in, positions, Into.REPLACE), Sharing.NONE);
  }

  private static CountedMap map(
      TransformerHost host, String key, int out, int in, int positions, Into into) {
    return new CountedMap(
        new FeatureMap(host.kernels(), out, in, positions, into, host.panels()), host.count(key));
  }

  void forward(Phase phase, Values x, Values y) {
    leavesOut = weights.leavesOut(map);
    if (leavesOut) {
      weights.forwardKept(affine, byFeature(x), byFeature(y));
    } else if (phase == Phase.TRAINING) {
      weights.train(affine, x, y);
    } else {
      weights.evaluate(affine, x, y);
    }
  }

  /** Overwrites the gradients of the weights, and that of x unless it adds to it. */
  void backward(Values x, Values y, Values delta, Values inputGradient) {
    if (leavesOut) {
      weights.backwardKept(affine, byFeature(delta), byFeature(inputGradient));
    } else {
      weights.backward(affine, x, y, delta, inputGradient);
    }
  }

  /** Whether the last forward pass left masked weights out. */
  boolean leavesOut() {
    return leavesOut;
  }

  private static Activations byFeature(Values values) {
    return new Activations(values, Order.FEATURES);
  }

  @Override
  public void close() {
    map.close();
  }
}
