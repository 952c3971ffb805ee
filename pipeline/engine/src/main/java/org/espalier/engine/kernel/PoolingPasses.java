package org.espalier.engine.kernel;

/** Maximum over windows. Without allocation; an object is used by one thread at a time. */
public interface PoolingPasses {
  /** {@code result = the largest value of each window}. */
  void forward(PoolingShape shape, Values images, Values result);

  /** The gradient of the images: each window's goes to the first of its largest values. */
  void backward(
      PoolingShape shape, Values images, Values result, Values resultGradient, Values gradient);
}
