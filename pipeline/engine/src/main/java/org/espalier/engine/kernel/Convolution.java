package org.espalier.engine.kernel;

/**
 * A 2-D convolution of one shape in its three directions. Whoever made it closes it; later calls
 * fail with a sentence. Calls allocate nothing; an object is used by one thread at a time. The bits
 * of a result do not depend on the number of threads.
 */
public interface Convolution extends AutoCloseable {
  /** {@code result = images * kernels}. */
  void forward(Values images, Values kernels, Values result);

  /** The gradient of the images from that of the result. */
  void backwardImages(Values resultGradient, Values kernels, Values imageGradient);

  /** The gradient of the kernels, summed over the batch, from that of the result. */
  void backwardKernels(Values images, Values resultGradient, Values kernelGradient);

  @Override
  void close();
}
