package org.espalier.layer.operations;

import org.espalier.kernel.ArrayValues;
import org.espalier.kernel.Convolution;
import org.espalier.kernel.ConvolutionShape;
import org.espalier.kernel.GatePasses;
import org.espalier.kernel.LayerKernels;
import org.espalier.kernel.LossPasses;
import org.espalier.kernel.PoolingPasses;
import org.espalier.kernel.Products;
import org.espalier.kernel.RowPasses;
import org.espalier.kernel.TablePasses;
import org.espalier.kernel.Values;
import org.espalier.kernel.VariationalPasses;
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
  public LossPasses loss() {
    return new OperationLossPasses();
  }
}
