package org.espalier.jobs.bench.sparse;

import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.sparse.Order;
import org.espalier.engine.weights.LinearMap;
import org.espalier.engine.weights.MatrixMap;
import org.espalier.sparsity.SparseTensor;
import org.espalier.sparsity.WeightLayout;

/**
 * A fully connected layer.
 *
 * @param positions rows of a batch, or its tokens
 */
record MatrixLayer(int inputs, int outputs, int positions) implements LayerShape {
  @Override
  public int inputPositions() {
    return positions;
  }

  @Override
  public int outputPositions() {
    return positions;
  }

  @Override
  public SparseTensor weights() {
    return new SparseTensor(toString(), WeightLayout.OUT_IN, 0, outputs, inputs);
  }

  @Override
  public Order order() {
    return Order.FEATURES;
  }

  @Override
  public LinearMap map(LayerKernels kernels) {
    return new MatrixMap(kernels, positions, inputs, outputs);
  }

  @Override
  public String toString() {
    return inputs + "x" + outputs + "@" + positions;
  }
}
