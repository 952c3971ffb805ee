package org.espalier.jobs.bench.sparse;

import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.sparse.Order;
import org.espalier.engine.weights.LinearMap;
import org.espalier.sparsity.SparseTensor;

/** The shape of a measured layer, printed as {@link LayerSyntax} reads it. */
sealed interface LayerShape permits MatrixLayer, ConvolutionLayer {
  /** Features of a position of the input. */
  int inputs();

  /** Features of a position of the output. */
  int outputs();

  /** Positions of the input: rows of a batch, or pixels of all its images. */
  int inputPositions();

  /** Positions of the output. */
  int outputPositions();

  /** The tensor of the weights. */
  SparseTensor weights();

  /** How activations lie where the map over kept weights alone need not turn them. */
  Order order();

  /** The map, as layers run it over all weights and over the kept ones alone. */
  LinearMap map(LayerKernels kernels);
}
