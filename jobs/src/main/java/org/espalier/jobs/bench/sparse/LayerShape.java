package org.espalier.jobs.bench.sparse;

import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.Slices;
import org.espalier.engine.kernel.sparse.KeptWeights;
import org.espalier.engine.kernel.sparse.SparseLanes;
import org.espalier.engine.sparse.KeptMap;
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

  /** The map over all weights, as layers run it. */
  LinearMap dense(LayerKernels kernels);

  /** The map over the kept weights alone. */
  KeptMap sparse(SparseLanes lanes, Slices most, KeptWeights kept);
}
