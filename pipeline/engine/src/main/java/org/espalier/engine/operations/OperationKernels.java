package org.espalier.engine.operations;

import org.espalier.engine.kernel.ArrayValues;
import org.espalier.engine.kernel.Convolution;
import org.espalier.engine.kernel.ConvolutionShape;
import org.espalier.engine.kernel.GatePasses;
import org.espalier.engine.kernel.HostOptimiserPasses;
import org.espalier.engine.kernel.LayerKernels;
import org.espalier.engine.kernel.LossPasses;
import org.espalier.engine.kernel.OptimiserPasses;
import org.espalier.engine.kernel.PoolingPasses;
import org.espalier.engine.kernel.Products;
import org.espalier.engine.kernel.RowPasses;
import org.espalier.engine.kernel.TablePasses;
import org.espalier.engine.kernel.Values;
import org.espalier.engine.kernel.VariationalPasses;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ND4J's operations on arrays wherever the backend keeps them. They allocate in every call. */
public final class OperationKernels implements LayerKernels {
  @Override
  public Values values(INDArray array) {
    return ArrayValues.of(array);
  }

  @Override
  public Products products() {
    return new OperationProducts();
  }

  @Override
  public Convolution convolution(ConvolutionShape shape) {
    return new OperationConvolution(shape);
  }

  @Override
  public RowPasses rows() {
    return new OperationRowPasses();
  }

  @Override
  public TablePasses tables() {
    return new OperationTablePasses();
  }

  @Override
  public PoolingPasses pooling() {
    return new OperationPoolingPasses();
  }

  @Override
  public VariationalPasses variational() {
    return new OperationVariationalPasses();
  }

  @Override
  public GatePasses gates() {
    return new OperationGatePasses();
  }

  @Override
  public OptimiserPasses optimiser() {
    return new HostOptimiserPasses();
  }

  @Override
  public LossPasses loss() {
    return new OperationLossPasses();
  }
}
