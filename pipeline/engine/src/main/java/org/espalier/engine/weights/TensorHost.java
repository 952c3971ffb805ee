package org.espalier.engine.weights;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer or vertex in one replica, as the weight tensors that it computes with see it. */
public interface TensorHost {
  /** The parameter of a key: a view of the network's flat vector. */
  INDArray parameter(String key);

  /** The gradient of that parameter: a view of the network's flat gradient. */
  INDArray gradient(String key);

  /** Number of steps before this one. */
  long step();

  /**
   * The number that DL4J divides the gradient by when the backward pass is over: examples of the
   * batch, or 1.
   */
  double gradientDivisor();
}
