package org.espalier.engine.kernel.maps;

import org.espalier.engine.kernel.ProductShape.Into;
import org.espalier.engine.kernel.Values;

/**
 * A convolution of feature maps of one shape and layout in its three directions, by kernels
 * `[outputs, inputs, size, size]`. Cells for zeros around what is convolved, and around gradients
 * of results, must hold zeros; around what is computed they are left with any numbers. Whoever made
 * it closes it. Calls allocate nothing; an object is used by one thread at a time. The bits of a
 * result do not depend on the number of threads.
 */
public interface MapConvolution extends AutoCloseable {
  /** {@code result = maps * kernels}. */
  void forward(Values maps, Values kernels, Values result);

  /**
   * The gradient of the maps from that of the result.
   *
   * @param into whether it replaces what is there or is added to it
   */
  void backwardImages(Values resultGradient, Values kernels, Values gradient, Into into);

  /** The gradient of the kernels, summed over the batch, from that of the result. */
  void backwardKernels(Values maps, Values resultGradient, Values kernelGradient);

  @Override
  void close();
}
