package org.espalier.engine.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of layers on one kind of memory. The objects handed out are used by one thread at
 * a time each.
 */
public interface LayerKernels {
  /**
   * The values of an ND4J array as this arithmetic reads them, in the order of the array's buffer;
   * valid as long as the array is open.
   *
   * @throws IllegalArgumentException if they do not lie one after the other
   */
  Values values(INDArray array);

  /** Products of matrices. */
  Products products();

  /** A convolution, which the caller closes. */
  Convolution convolution(ConvolutionShape shape);

  /** Bias, activation, dropout. */
  RowPasses rows();

  /** Rows of a table. */
  TablePasses tables();

  /** Maximum over windows. */
  PoolingPasses pooling();

  /** Variational dropout. */
  VariationalPasses variational();

  /** Hard-concrete gates. */
  GatePasses gates();

  /** Softmax and cross-entropy. */
  LossPasses loss();
}
