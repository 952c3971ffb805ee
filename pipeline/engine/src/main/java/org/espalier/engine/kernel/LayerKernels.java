package org.espalier.engine.kernel;

import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of layers on one kind of memory: the reference, which runs on all of them, unless
 * there is a faster form. The objects handed out are used by one thread at a time each.
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
  default Products products() {
    return new ReferenceProducts();
  }

  /** A convolution, which the caller closes. */
  default Convolution convolution(ConvolutionShape shape) {
    return new ReferenceConvolution(shape);
  }

  /** Bias, activation, dropout. */
  default RowPasses rows() {
    return new ReferenceRowPasses();
  }

  /** Rows of a table. */
  default TablePasses tables() {
    return new ReferenceTablePasses();
  }

  /** Maximum over windows. */
  default PoolingPasses pooling() {
    return new ReferencePoolingPasses();
  }

  /** Variational dropout. */
  default VariationalPasses variational() {
    return new ReferenceVariationalPasses();
  }

  /** Hard-concrete gates. */
  default GatePasses gates() {
    return new ReferenceGatePasses();
  }

  /** Products of parts of vectors on the calling thread alone, where there is such a form. */
  default Optional<Supplier<PartProducts>> parts() {
    return Optional.empty();
  }

  /** Functions over arrays, where loops over these are the fast form of passes. */
  default Optional<LaneMath> lanes() {
    return Optional.empty();
  }

  /** Softmax and cross-entropy. */
  default LossPasses loss() {
    return new ReferenceLossPasses();
  }

  /** Products with kept weights alone, where there is such a form. */
  default Optional<SparseLanes> sparse() {
    return Optional.empty();
  }

  /** Into how many parts products are cut. */
  default Slices slices() {
    return Slices.DEFAULT;
  }

  /** Optimiser steps. */
  default OptimiserPasses optimiser() {
    return new ReferenceOptimiserPasses();
  }
}
